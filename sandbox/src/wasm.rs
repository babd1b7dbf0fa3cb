//! The pretend Atlassian inside a JavaScript host. Values cross as JSON.

use crate::http::{Request, Response};
use crate::{Account, AccountStatus, Atlassian, Budgets, Faults, Principal, Seed, SiteName};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`Atlassian`], held by the local host.
#[wasm_bindgen]
#[derive(Debug)]
pub struct LocalAtlassian {
    atlassian: Atlassian,
}

/// An account as `/me` and the login page need it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    account_id: &'a str,
    name: &'a str,
    email: &'a str,
    picture: &'a str,
    account_type: &'static str,
    active: bool,
    status: AccountStatus,
    /// `cloudId` of each site that the account may use.
    sites: Vec<&'a str>,
}

impl<'a> Person<'a> {
    fn of(account: &'a Account, atlassian: &'a Atlassian) -> Self {
        Self {
            account_id: &account.account_id,
            name: &account.name,
            email: &account.email,
            picture: &account.picture,
            account_type: account.account_type.as_str(),
            active: account.active(),
            status: account.status,
            sites: atlassian.sites_of(&account.account_id).map(|site| site.cloud_id).collect(),
        }
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, JsError> {
    Ok(serde_json::from_str(json)?)
}

fn write(value: &impl Serialize) -> Result<String, JsError> {
    Ok(serde_json::to_string(value)?)
}

#[wasm_bindgen]
impl LocalAtlassian {
    /// A world from a seed (`demo` or `empty`), or the one that [`Self::save`] wrote.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: &str, saved: Option<String>) -> Result<LocalAtlassian, JsError> {
        let atlassian = match saved {
            Some(json) => read(&json)?,
            None => Atlassian::seeded(seed.parse::<Seed>()?),
        };
        Ok(Self { atlassian })
    }

    /// Answers a request: `{method, path, body?}` to `{status, headers, body}`. `now_ms` counts from 1970.
    pub fn jira(
        &mut self,
        cloud_id: &str,
        principal_json: &str,
        request_json: &str,
        now_ms: f64,
    ) -> Result<String, JsError> {
        let (principal, request): (Principal, Request) = (read(principal_json)?, read(request_json)?);
        #[expect(clippy::cast_possible_truncation, reason = "JavaScript's milliseconds are whole and far below 2^53")]
        let response: Response = self.atlassian.jira(cloud_id, &principal, &request, now_ms as i64);
        write(&response)
    }

    /// The classic scopes that a request needs, or `null` when there is no such route.
    #[wasm_bindgen(js_name = requiredScopes)]
    pub fn required_scopes(method: &str, path: &str) -> Result<String, JsError> {
        write(&crate::required_scopes(method, path))
    }

    /// Every route that is served: a list of `[method, path below /rest/api/3]`.
    pub fn routes() -> Result<String, JsError> {
        write(&crate::routes().collect::<Vec<_>>())
    }

    /// The deliveries caused since the last call.
    #[wasm_bindgen(js_name = takeDeliveries)]
    pub fn take_deliveries(&mut self) -> Result<String, JsError> {
        write(&self.atlassian.take_deliveries())
    }

    /// All accounts.
    pub fn accounts(&self) -> Result<String, JsError> {
        let people = self.atlassian.accounts().map(|account| Person::of(account, &self.atlassian));
        write(&people.collect::<Vec<_>>())
    }

    /// All sites.
    pub fn sites(&self) -> Result<String, JsError> {
        write(&self.atlassian.sites().collect::<Vec<SiteName<'_>>>())
    }

    /// The whole state, for the constructor.
    pub fn save(&self) -> Result<String, JsError> {
        write(&self.atlassian)
    }

    /// Deactivates an account, or activates it again.
    #[wasm_bindgen(js_name = setActive)]
    pub fn set_active(&mut self, account_id: &str, active: bool) -> Result<(), JsError> {
        Ok(self.atlassian.set_active(account_id, active)?)
    }

    /// Closes an account for good.
    #[wasm_bindgen(js_name = closeAccount)]
    pub fn close_account(&mut self, account_id: &str) -> Result<(), JsError> {
        Ok(self.atlassian.close_account(account_id)?)
    }

    /// Makes an account an administrator of a site's Jira.
    #[wasm_bindgen(js_name = grantAdmin)]
    pub fn grant_admin(&mut self, cloud_id: &str, account_id: &str) -> Result<(), JsError> {
        Ok(self.atlassian.grant_admin(cloud_id, account_id)?)
    }

    /// Takes an administrator's rights away.
    #[wasm_bindgen(js_name = revokeAdmin)]
    pub fn revoke_admin(&mut self, cloud_id: &str, account_id: &str) -> Result<(), JsError> {
        Ok(self.atlassian.revoke_admin(cloud_id, account_id)?)
    }

    /// Gives or takes one permission in one project.
    #[wasm_bindgen(js_name = setProjectPermission)]
    pub fn set_project_permission(
        &mut self,
        cloud_id: &str,
        project: &str,
        permission: &str,
        account_id: &str,
        holds: bool,
    ) -> Result<(), JsError> {
        Ok(self.atlassian.set_project_permission(cloud_id, project, permission, account_id, holds)?)
    }

    /// Makes a field required in a project.
    #[wasm_bindgen(js_name = requireField)]
    pub fn require_field(&mut self, cloud_id: &str, project: &str, field: &str) -> Result<(), JsError> {
        Ok(self.atlassian.require_field(cloud_id, project, field)?)
    }

    /// Makes an account an actor of a role in a project.
    #[wasm_bindgen(js_name = addToRole)]
    pub fn add_to_role(&mut self, cloud_id: &str, project: &str, role: &str, account_id: &str) -> Result<(), JsError> {
        Ok(self.atlassian.add_to_role(cloud_id, project, role, account_id)?)
    }

    /// Removes an account from a role in a project.
    #[wasm_bindgen(js_name = removeFromRole)]
    pub fn remove_from_role(
        &mut self,
        cloud_id: &str,
        project: &str,
        role: &str,
        account_id: &str,
    ) -> Result<(), JsError> {
        Ok(self.atlassian.remove_from_role(cloud_id, project, role, account_id)?)
    }

    /// Deletes a project with all its issues.
    #[wasm_bindgen(js_name = deleteProject)]
    pub fn delete_project(&mut self, cloud_id: &str, project: &str) -> Result<(), JsError> {
        Ok(self.atlassian.delete_project(cloud_id, project)?)
    }

    /// Adds members to a site.
    #[wasm_bindgen(js_name = addPeople)]
    pub fn add_people(&mut self, cloud_id: &str, count: usize) -> Result<(), JsError> {
        Ok(self.atlassian.add_people(cloud_id, count)?)
    }

    /// Adds projects to a site.
    #[wasm_bindgen(js_name = addProjects)]
    pub fn add_projects(&mut self, cloud_id: &str, count: usize) -> Result<(), JsError> {
        Ok(self.atlassian.add_projects(cloud_id, count)?)
    }

    /// What is wrong with Jira at the moment.
    pub fn faults(&self) -> Result<String, JsError> {
        write(self.atlassian.faults())
    }

    /// Sets what is wrong with Jira; whatever is not named is well.
    #[wasm_bindgen(js_name = setFaults)]
    pub fn set_faults(&mut self, faults_json: &str) -> Result<(), JsError> {
        let faults: Faults = read(faults_json)?;
        self.atlassian.set_faults(faults);
        Ok(())
    }

    /// How much an app may ask.
    pub fn budgets(&self) -> Result<String, JsError> {
        write(self.atlassian.budgets())
    }

    /// Sets how much an app may ask; whatever is not named is Atlassian's own figure.
    #[wasm_bindgen(js_name = setBudgets)]
    pub fn set_budgets(&mut self, budgets_json: &str) -> Result<(), JsError> {
        let budgets: Budgets = read(budgets_json)?;
        self.atlassian.set_budgets(budgets);
        Ok(())
    }
}
