//! What tests, and a person at the local Jira, may change from outside.

use crate::Atlassian;
use crate::faults::Faults;
use crate::identity::{Account, AccountStatus, AccountType};
use crate::jira::permissions::Holder;
use crate::jira::projects::{Project, ProjectType};
use crate::jira::site::Site;
use crate::limits::Budgets;
use crate::seed;

/// Something that was named does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown(pub String);

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no {}", self.0)
    }
}

impl std::error::Error for Unknown {}

const GIVEN_NAMES: [&str; 8] = ["Ada", "Bruno", "Carla", "Dmitri", "Esra", "Femi", "Gustav", "Hana"];
const FAMILY_NAMES: [&str; 7] = ["Almeida", "Bauer", "Castro", "Dogan", "Eriksen", "Fofana", "Grau"];

/// Actions of an organisation administrator.
impl Atlassian {
    /// Adds an account, or replaces the one with the same id. It may use no site yet.
    pub fn add_account(&mut self, account: Account) {
        self.directory.add(account);
    }

    /// Deactivates an account, or activates it again.
    pub fn set_active(&mut self, account_id: &str, active: bool) -> Result<(), Unknown> {
        self.set_status(account_id, if active { AccountStatus::Active } else { AccountStatus::Inactive })
    }

    /// Closes an account for good.
    pub fn close_account(&mut self, account_id: &str) -> Result<(), Unknown> {
        self.set_status(account_id, AccountStatus::Closed)
    }

    fn set_status(&mut self, account_id: &str, status: AccountStatus) -> Result<(), Unknown> {
        let account = self.directory.get_mut(account_id).ok_or_else(|| unknown("account", account_id))?;
        account.status = status;
        let active = account.active();
        for group in self.sites.values_mut().flat_map(|site| site.groups.values_mut()) {
            group.set_active(account_id, active);
        }
        Ok(())
    }

    /// Lets an account use a site.
    pub fn admit(&mut self, cloud_id: &str, account_id: &str) -> Result<(), Unknown> {
        let account = self.directory.get(account_id).ok_or_else(|| unknown("account", account_id))?;
        self.sites.get_mut(cloud_id).ok_or_else(|| unknown("site", cloud_id))?.admit(account);
        Ok(())
    }

    /// Adds an account to a group of a site, by the group's name.
    pub fn add_to_group(&mut self, cloud_id: &str, group: &str, account_id: &str) -> Result<(), Unknown> {
        self.admit(cloud_id, account_id)?;
        let active = self.directory.is_active(account_id);
        let site = self.site_mut(cloud_id)?;
        let group = site.groups.values_mut().find(|own| own.name == group).ok_or_else(|| unknown("group", group))?;
        group.add(account_id, active);
        Ok(())
    }

    /// Removes an account from a group of a site, by the group's name.
    pub fn remove_from_group(&mut self, cloud_id: &str, group: &str, account_id: &str) -> Result<(), Unknown> {
        let site = self.site_mut(cloud_id)?;
        let group = site.groups.values_mut().find(|own| own.name == group).ok_or_else(|| unknown("group", group))?;
        group.remove(account_id);
        Ok(())
    }

    /// Makes an account an administrator of a site's Jira.
    pub fn grant_admin(&mut self, cloud_id: &str, account_id: &str) -> Result<(), Unknown> {
        self.add_to_group(cloud_id, seed::ADMINS, account_id)
    }

    /// Takes an administrator's rights away. The rights of other groups remain.
    pub fn revoke_admin(&mut self, cloud_id: &str, account_id: &str) -> Result<(), Unknown> {
        self.remove_from_group(cloud_id, seed::ADMINS, account_id)
    }
}

/// Actions of a Jira administrator.
impl Atlassian {
    /// Grants a permission through a permission scheme (`default` or `restricted`), in every project that uses it.
    pub fn grant_permission(
        &mut self,
        cloud_id: &str,
        scheme: &str,
        permission: &str,
        holder: Holder,
    ) -> Result<(), Unknown> {
        let schemes = &mut self.site_mut(cloud_id)?.schemes;
        schemes.get_mut(scheme).ok_or_else(|| unknown("permission scheme", scheme))?.grant(permission, holder);
        Ok(())
    }

    /// Takes a permission away from a holder in a permission scheme.
    pub fn revoke_permission(
        &mut self,
        cloud_id: &str,
        scheme: &str,
        permission: &str,
        holder: &Holder,
    ) -> Result<(), Unknown> {
        let schemes = &mut self.site_mut(cloud_id)?.schemes;
        schemes.get_mut(scheme).ok_or_else(|| unknown("permission scheme", scheme))?.revoke(permission, holder);
        Ok(())
    }

    /// Puts a project, by its key, under a permission scheme. The scheme is made, granting nothing, if it is new.
    pub fn set_scheme(&mut self, cloud_id: &str, project: &str, scheme: &str) -> Result<(), Unknown> {
        let site = self.site_mut(cloud_id)?;
        scheme.clone_into(&mut find_project(site, project)?.scheme);
        site.schemes.entry(scheme.to_owned()).or_default();
        Ok(())
    }

    /// Puts an issue into a status in which its workflow takes no comments, or out of it again.
    pub fn close_issue(&mut self, cloud_id: &str, issue: &str, closed: bool) -> Result<(), Unknown> {
        let site = self.site_mut(cloud_id)?;
        let id = site.issue_id(issue).ok_or_else(|| unknown("issue", issue))?;
        if closed {
            site.closed.insert(id);
        } else {
            site.closed.remove(&id);
        }
        Ok(())
    }

    /// Somebody moves an issue to another project: it keeps its number in Jira.
    pub fn move_issue(&mut self, cloud_id: &str, issue_id: u64, project: &str, now_ms: i64) -> Result<(), Unknown> {
        let site = self.site_mut(cloud_id)?;
        let project = find_project(site, project)?;
        project.last_issue += 1;
        let (project_id, number) = (project.id, project.last_issue);
        let issue = site.issues.get_mut(issue_id).ok_or_else(|| unknown("issue", ""))?;
        issue.project_id = project_id;
        issue.number = number;
        issue.updated_ms = now_ms;
        site.issues.reindex();
        Ok(())
    }

    /// Gives or takes one permission in one project to or from one account, whatever its groups and roles.
    ///
    /// The project gets a permission scheme of its own for that. After something was taken, the scheme lists those who
    /// still hold the permission one by one, because a scheme cannot except anybody.
    pub fn set_project_permission(
        &mut self,
        cloud_id: &str,
        project: &str,
        permission: &str,
        account_id: &str,
        holds: bool,
    ) -> Result<(), Unknown> {
        let Self { directory, sites, .. } = self;
        let site = sites.get_mut(cloud_id).ok_or_else(|| unknown("site", cloud_id))?;
        let found = site.projects.by_key(project).ok_or_else(|| unknown("project", project))?;
        let mut scheme = site.schemes.get(&found.scheme).cloned().unwrap_or_default();
        if holds {
            scheme.grant(permission, Holder::User(account_id.to_owned()));
        } else {
            let others = site
                .people
                .iter()
                .filter(|id| *id != account_id && site.permits(directory, id, permission, found, None));
            scheme.replace(permission, others.cloned().map(Holder::User));
        }
        let name = format!("{project} only");
        site.schemes.insert(name.clone(), scheme);
        find_project(site, project)?.scheme = name;
        Ok(())
    }

    /// Makes a field required in a project, by its key: to create an issue there, or of `resolution` to transition one.
    pub fn require_field(&mut self, cloud_id: &str, project: &str, field: &str) -> Result<(), Unknown> {
        find_project(self.site_mut(cloud_id)?, project)?.required.insert(field.to_owned());
        Ok(())
    }

    /// Makes an account an actor of a role (`Developers`, ...) in a project, by its key.
    pub fn add_to_role(&mut self, cloud_id: &str, project: &str, role: &str, account_id: &str) -> Result<(), Unknown> {
        let role = role_id(role)?;
        let project = find_project(self.site_mut(cloud_id)?, project)?;
        project.roles.entry(role).or_default().users.insert(account_id.to_owned());
        Ok(())
    }

    /// Removes an account from a role in a project, by its key.
    pub fn remove_from_role(
        &mut self,
        cloud_id: &str,
        project: &str,
        role: &str,
        account_id: &str,
    ) -> Result<(), Unknown> {
        let role = role_id(role)?;
        let project = find_project(self.site_mut(cloud_id)?, project)?;
        project.roles.entry(role).or_default().users.remove(account_id);
        Ok(())
    }

    /// Deletes a project, by its key, with all its issues.
    pub fn delete_project(&mut self, cloud_id: &str, project: &str) -> Result<(), Unknown> {
        let site = self.site_mut(cloud_id)?;
        let id = find_project(site, project)?.id;
        site.delete_project(id);
        Ok(())
    }
}

/// The scale of a site, and its bad days.
impl Atlassian {
    /// Adds this many active members to a site. The same call on the same state adds the same people.
    pub fn add_people(&mut self, cloud_id: &str, count: usize) -> Result<(), Unknown> {
        let Self { directory, sites, .. } = self;
        let site = sites.get_mut(cloud_id).ok_or_else(|| unknown("site", cloud_id))?;
        for _ in 0..count {
            let number = site.fresh_id();
            let place = usize::try_from(number).unwrap_or_default();
            let given = GIVEN_NAMES[place % GIVEN_NAMES.len()];
            let family = FAMILY_NAMES[place % FAMILY_NAMES.len()];
            let account = seed::account(
                &format!("712020:person-{}-{number:08}", site.name),
                &format!("{given} {family} {number}"),
                &format!("person-{number}@{}.example", site.name),
                AccountType::Atlassian,
            );
            site.admit(&account);
            if let Some(group) = site.groups.values_mut().find(|group| group.name == seed::USERS) {
                group.add(&account.account_id, true);
            }
            directory.add(account);
        }
        Ok(())
    }

    /// Adds this many projects to a site, every tenth under the restricted permission scheme.
    pub fn add_projects(&mut self, cloud_id: &str, count: usize) -> Result<(), Unknown> {
        let site = self.site_mut(cloud_id)?;
        let id_of = |site: &Site, name| site.group_named(name).map(|(id, _)| id.to_owned()).unwrap_or_default();
        let (admins, agents) = (id_of(site, seed::ADMINS), id_of(site, seed::AGENTS));
        let lead = seed::LEAD.to_owned();
        for place in 0..count {
            let id = site.fresh_id();
            let restricted = place % 10 == 9;
            site.projects.add(Project {
                id,
                key: format!("G{id}"),
                name: format!("Generated project {id}"),
                kind: ProjectType::Software,
                lead: lead.clone(),
                category: None,
                scheme: if restricted { seed::RESTRICTED_SCHEME } else { seed::DEFAULT_SCHEME }.to_owned(),
                roles: seed::roles(admins.clone(), agents.clone(), &[]),
                last_issue: 0,
                required: std::collections::BTreeSet::new(),
            });
        }
        Ok(())
    }

    /// Sets what is wrong with Jira from now on.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// Sets how much an app may ask from now on.
    pub fn set_budgets(&mut self, budgets: Budgets) {
        self.budgets = budgets;
    }

    fn site_mut(&mut self, cloud_id: &str) -> Result<&mut Site, Unknown> {
        self.sites.get_mut(cloud_id).ok_or_else(|| unknown("site", cloud_id))
    }
}

fn unknown(what: &str, name: &str) -> Unknown {
    Unknown(format!("{what} '{name}'"))
}

fn find_project<'a>(site: &'a mut Site, key: &str) -> Result<&'a mut Project, Unknown> {
    let id = site.projects.by_key(key).map(|project| project.id);
    id.and_then(|id| site.projects.get_mut(id)).ok_or_else(|| unknown("project", key))
}

fn role_id(name: &str) -> Result<u64, Unknown> {
    let found = crate::jira::roles::ROLES.iter().find(|(_, own)| *own == name);
    found.map(|(id, _)| *id).ok_or_else(|| unknown("role", name))
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, MARIA, SITE, Trial};
    use crate::{Atlassian, Seed, Unknown};
    use serde_json::json;

    #[test]
    fn a_name_that_means_nothing_is_refused_and_named() {
        let mut world = Atlassian::seeded(Seed::Demo);
        let said = |result: Result<(), Unknown>| result.map_err(|unknown| unknown.to_string());
        let no = |what: &str| Err(format!("there is no {what}"));
        assert_eq!(said(world.set_active("x", true)), no("account 'x'"));
        assert_eq!(said(world.close_account("x")), no("account 'x'"));
        assert_eq!(said(world.admit("x", ANA)), no("site 'x'"));
        assert_eq!(said(world.grant_admin(SITE, "x")), no("account 'x'"));
        assert_eq!(said(world.remove_from_group(SITE, "x", ANA)), no("group 'x'"));
        assert_eq!(said(world.set_scheme(SITE, "X", "default")), no("project 'X'"));
        assert_eq!(said(world.add_to_role(SITE, "MOB", "x", ANA)), no("role 'x'"));
        assert_eq!(said(world.delete_project(SITE, "X")), no("project 'X'"));
        assert_eq!(said(world.add_people("x", 1)), no("site 'x'"));
    }

    #[test]
    fn a_site_grows_in_the_same_way_each_time_and_is_paged_to_its_end() {
        let grow = || {
            let mut trial = Trial::new();
            trial.world.add_people(SITE, 300).expect("exists");
            trial.world.add_projects(SITE, 200).expect("exists");
            trial
        };
        let (mut trial, again) = (grow(), grow());
        let written = |trial: &Trial| serde_json::to_string(&trial.world).expect("is written");
        assert_eq!(written(&trial), written(&again));
        let members = trial.get(MARIA, "/group/member?groupname=jira-software-users&startAt=300").1;
        assert_eq!(members["total"].as_u64(), members["values"].as_array().map(|last| 300 + last.len() as u64));
        assert_eq!(members["isLast"], true);
        // Every tenth of the new ones is restricted, as Legal is.
        assert_eq!(trial.get(MARIA, "/project/search?maxResults=1").1["total"], json!(207));
        assert_eq!(trial.get(ANA, "/project/search?maxResults=1").1["total"], json!(186));
    }
}
