//! Who and what there is at the beginning, as tables.

use crate::Atlassian;
use crate::faults::Faults;
use crate::identity::{Account, AccountStatus, AccountType, Directory};
use crate::jira::APP_ACCOUNT_ID;
use crate::jira::adf;
use crate::jira::comments::Comment;
use crate::jira::groups::Group;
use crate::jira::issues::{Issue, usual_type};
use crate::jira::permissions::{Holder, PERMISSIONS, Reach, Scheme};
use crate::jira::projects::{Actors, Category, Project, ProjectType};
use crate::jira::roles::{ADMINISTRATORS, APPS, DEVELOPERS, SERVICE_DESK_TEAM};
use crate::jira::site::Site;
use crate::jira::transitions::nth_status;
use crate::limits::{Budgets, Usage};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// What the world holds at the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// Everybody, with projects, issues and comments.
    Demo,
    /// Sites, administrators and service accounts only.
    Empty,
}

/// Text that names no seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSeed(pub String);

impl std::fmt::Display for UnknownSeed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "'{}' is neither 'demo' nor 'empty'", self.0)
    }
}

impl std::error::Error for UnknownSeed {}

impl FromStr for Seed {
    type Err = UnknownSeed;

    fn from_str(name: &str) -> Result<Self, UnknownSeed> {
        match name {
            "demo" => Ok(Self::Demo),
            "empty" => Ok(Self::Empty),
            _ => Err(UnknownSeed(name.to_owned())),
        }
    }
}

/// The site where the app is installed.
pub(crate) const EXAMPLE: &str = "11111111-1111-4111-8111-111111111111";
/// The other site.
pub(crate) const PARTNER: &str = "22222222-2222-4222-8222-222222222222";

/// `cloudId`, name, address.
const SITES: [(&str, &str, &str); 2] =
    [(EXAMPLE, "example", "https://example.atlassian.net"), (PARTNER, "partner", "https://partner.atlassian.net")];

const MARIA: &str = "5b10a2844c20165700ede21g";
const TOM: &str = "5b10a2844c20165700ede22h";
const SERVICE: &str = "712020:service-jira";
const NARROW: &str = "712020:service-narrow";
const ANA: &str = "5b10ac8d82e05b22cc7d4ef1";
const BEN: &str = "5b10ac8d82e05b22cc7d4ef2";
const CHLOE: &str = "5b10ac8d82e05b22cc7d4ef3";
const DAVID: &str = "5b10ac8d82e05b22cc7d4ef4";
const ELIF: &str = "5b10ac8d82e05b22cc7d4ef5";
const FARID: &str = "5b10ac8d82e05b22cc7d4ef6";
const GRACE: &str = "5b10ac8d82e05b22cc7d4ef7";
const HUGO: &str = "5b10ac8d82e05b22cc7d4ef8";
const LENA: &str = "5b10ac8d82e05b22cc7d4efa";
const CASEY: &str = "qm:customer-1";

/// Who leads generated projects.
pub(crate) const LEAD: &str = MARIA;

pub(crate) const ADMINS: &str = "jira-admins";
pub(crate) const USERS: &str = "jira-software-users";
pub(crate) const AGENTS: &str = "service-desk-agents";
/// Licensed, and no more: what its accounts may do comes from the roles of projects.
pub(crate) const LICENSED: &str = "jira-licensed-accounts";
const ADDONS: &str = "atlassian-addons-admin";

/// Name, `groupId` on the first site, `groupId` on the second.
const GROUPS: &[(&str, [&str; 2])] = &[
    (ADMINS, ["276f955c-63d7-42c8-9520-92d01dca0601", "276f955c-63d7-42c8-9520-92d01dca0611"]),
    (USERS, ["276f955c-63d7-42c8-9520-92d01dca0602", "276f955c-63d7-42c8-9520-92d01dca0612"]),
    (AGENTS, ["276f955c-63d7-42c8-9520-92d01dca0603", "276f955c-63d7-42c8-9520-92d01dca0613"]),
    (LICENSED, ["276f955c-63d7-42c8-9520-92d01dca0605", "276f955c-63d7-42c8-9520-92d01dca0615"]),
    (ADDONS, ["276f955c-63d7-42c8-9520-92d01dca0604", "276f955c-63d7-42c8-9520-92d01dca0614"]),
];

/// Which groups hold a global permission.
const GLOBAL_PERMISSIONS: &[(&str, &[&str])] = &[
    ("ADMINISTER", &[ADMINS]),
    ("SYSTEM_ADMIN", &[ADMINS]),
    ("CREATE_PROJECT", &[ADMINS]),
    ("BULK_CHANGE", &[ADMINS, USERS]),
    ("CREATE_SHARED_OBJECTS", &[ADMINS, USERS]),
    ("MANAGE_GROUP_FILTER_SUBSCRIPTIONS", &[ADMINS, USERS]),
    ("USER_PICKER", &[ADMINS, USERS, AGENTS, ADDONS]),
];

use AccountStatus::{Active, Inactive};
use AccountType::{App, Atlassian as Human, Customer};

/// Whether a row belongs to [`Seed::Empty`] too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Both,
    Demo,
}

/// The groups of an account on a site; `None` without access to it.
type Membership = Option<&'static [&'static str]>;

const ADMIN: Membership = Some(&[ADMINS, USERS]);
const MEMBER: Membership = Some(&[USERS]);
const AGENT: Membership = Some(&[USERS, AGENTS]);
const ADDON: Membership = Some(&[ADDONS]);
const GUEST: Membership = Some(&[]);
const NONE: Membership = None;

/// `accountId`, name, address, kind, status, seeds, membership on each site.
type Person = (&'static str, &'static str, &'static str, AccountType, AccountStatus, In, [Membership; 2]);

#[rustfmt::skip]
const PEOPLE: &[Person] = &[
    (MARIA, "Maria Keller", "maria.keller@example.com", Human, Active, In::Both, [ADMIN, ADMIN]),
    (TOM, "Tom Okafor", "tom.okafor@example.com", Human, Active, In::Both, [ADMIN, NONE]),
    (SERVICE, "Jira service account", "jira-service@example.com", Human, Active, In::Both, [ADMIN, ADMIN]),
    (NARROW, "Narrow service account", "narrow-service@example.com", Human, Active, In::Both, [Some(&[LICENSED]), NONE]),
    (ANA, "Ana Lima", "ana.lima@example.com", Human, Active, In::Demo, [MEMBER, MEMBER]),
    (BEN, "Ben Sato", "ben.sato@example.com", Human, Active, In::Demo, [AGENT, MEMBER]),
    (CHLOE, "Chloe Dubois", "chloe.dubois@example.com", Human, Active, In::Demo, [MEMBER, NONE]),
    (DAVID, "David Novak", "david.novak@example.com", Human, Active, In::Demo, [MEMBER, NONE]),
    (ELIF, "Elif Demir", "elif.demir@example.com", Human, Active, In::Demo, [MEMBER, NONE]),
    (FARID, "Farid Haddad", "farid.haddad@example.com", Human, Active, In::Demo, [MEMBER, NONE]),
    (GRACE, "Grace Mwangi", "grace.mwangi@example.com", Human, Active, In::Demo, [AGENT, NONE]),
    (HUGO, "Hugo Lindqvist", "hugo.lindqvist@example.com", Human, Active, In::Demo, [MEMBER, NONE]),
    (LENA, "Lena Gone", "lena.gone@example.com", Human, Inactive, In::Demo, [MEMBER, NONE]),
    (APP_ACCOUNT_ID, "Integration+", "app-account@connect.atlassian.com", App, Active, In::Both, [ADDON, ADDON]),
    (CASEY, "Casey Customer", "casey@customer.example", Customer, Active, In::Demo, [GUEST, NONE]),
];

/// People whose privacy settings hide their address.
const ADDRESS_HIDDEN: &[&str] = &[CHLOE, HUGO, APP_ACCOUNT_ID];

/// Permissions of those who run a project; all others are for those who work in it.
const FOR_ADMINISTRATORS: &[&str] = &[
    "ADMINISTER_PROJECTS",
    "DELETE_ALL_ATTACHMENTS",
    "DELETE_ALL_COMMENTS",
    "DELETE_ALL_WORKLOGS",
    "DELETE_ISSUES",
    "EDIT_ALL_COMMENTS",
    "EDIT_ALL_WORKLOGS",
    "MANAGE_WATCHERS",
    "MODIFY_REPORTER",
    "MOVE_ISSUES",
    "SET_ISSUE_SECURITY",
];

/// The scheme of most projects: everybody with Jira may work in them.
pub(crate) const DEFAULT_SCHEME: &str = "default";
/// The scheme of confidential projects: actors of their roles only, and not everybody may edit everything.
pub(crate) const RESTRICTED_SCHEME: &str = "restricted";

use ProjectType::{Business, ServiceDesk, Software};

/// Site, number, key, name, kind, category, lead, scheme, developers. Administrators are [`ADMINS`], the service desk
/// team is [`AGENTS`].
type ProjectRow = (
    usize,
    u64,
    &'static str,
    &'static str,
    ProjectType,
    Option<(u64, &'static str)>,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const PRODUCTS: Option<(u64, &str)> = Some((10_050, "Products"));
const OPERATIONS: Option<(u64, &str)> = Some((10_051, "Operations"));

#[rustfmt::skip]
const PROJECTS: &[ProjectRow] = &[
    (0, 10_000, "MOB", "Mobile app", Software, PRODUCTS, MARIA, DEFAULT_SCHEME, &[ANA, BEN, NARROW]),
    (0, 10_001, "BIL", "Billing", Software, PRODUCTS, TOM, DEFAULT_SCHEME, &[CHLOE, DAVID]),
    (0, 10_002, "SUP", "Service desk", ServiceDesk, OPERATIONS, GRACE, DEFAULT_SCHEME, &[]),
    (0, 10_003, "PLT", "Platform", Software, OPERATIONS, TOM, DEFAULT_SCHEME, &[ELIF, FARID, NARROW]),
    (0, 10_004, "MKT", "Marketing", Business, None, ANA, DEFAULT_SCHEME, &[ANA]),
    (0, 10_005, "LEG", "Legal", Business, None, HUGO, RESTRICTED_SCHEME, &[CHLOE, HUGO]),
    (0, 10_006, "WEB", "Website", Software, PRODUCTS, BEN, DEFAULT_SCHEME, &[BEN, DAVID]),
    (1, 10_000, "INT", "Integration", Software, None, MARIA, DEFAULT_SCHEME, &[ANA, BEN]),
    (1, 10_001, "HLP", "Help centre", ServiceDesk, None, MARIA, DEFAULT_SCHEME, &[]),
];

/// Site, project, summary, description, reporter, assignee, place in the workflow, comments with their authors.
type IssueRow = (
    usize,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    usize,
    &'static [(&'static str, &'static str)],
);

#[rustfmt::skip]
const ISSUES: &[IssueRow] = &[
    (0, "MOB", "Sign-in fails after the update to 4.2", "The screen stays white on older phones.", ANA, Some(BEN), 1, &[
        (BEN, "I can reproduce it on Android 11."),
        (ANA, "Two customers wrote today, so this one first please."),
    ]),
    (0, "MOB", "Dark colours in the settings", "Follow what the phone is set to.", BEN, Some(ANA), 0, &[]),
    (0, "MOB", "Remember the last opened board", "", DAVID, None, 2, &[(ANA, "Released with 4.1.")]),
    (0, "BIL", "Round invoice totals once, at the end", "Sums differ by one cent.", CHLOE, Some(DAVID), 1, &[
        (DAVID, "The tax line was rounded twice."),
    ]),
    (0, "BIL", "Send reminders on working days only", "", TOM, Some(CHLOE), 0, &[]),
    (0, "SUP", "Printer on the second floor is offline", "It says that the toner is empty.", CASEY, Some(GRACE), 1, &[
        (GRACE, "A new toner is on its way."),
    ]),
    (0, "SUP", "New colleague needs an account", "Starts on Monday.", ELIF, Some(BEN), 0, &[]),
    (0, "PLT", "Move the job queue to the new cluster", "In two steps, without a stop.", FARID, Some(ELIF), 1, &[
        (ELIF, "The first half has moved."),
    ]),
    (0, "PLT", "Renew certificates before they run out", "", TOM, Some(FARID), 0, &[]),
    (0, "MKT", "Plan the spring campaign", "Three drafts by the end of the month.", ANA, Some(ANA), 0, &[]),
    (0, "LEG", "Review the data processing agreement", "Confidential.", CHLOE, Some(HUGO), 1, &[
        (HUGO, "Section 4 needs another look."),
    ]),
    (0, "LEG", "Answer the auditor's questions", "", HUGO, None, 0, &[]),
    (0, "WEB", "Broken link on the pricing page", "", DAVID, Some(BEN), 2, &[]),
    (1, "INT", "Receive issues from the example site", "", MARIA, Some(ANA), 1, &[(ANA, "The first five arrived.")]),
    (1, "INT", "Map priorities", "", BEN, None, 0, &[]),
    (1, "HLP", "Cannot open the report", "", BEN, None, 0, &[]),
];

/// The first issue was created on 2 November 2026 at 9:00 UTC; whatever follows comes this much later.
const BEGINNING_MS: i64 = 1_793_610_000_000;
const STEP_MS: i64 = 37 * 60_000;

/// The world of a seed.
pub(crate) fn plant(seed: Seed) -> Atlassian {
    let mut directory = Directory::default();
    let belongs = |row: In| seed == Seed::Demo || row == In::Both;
    for (id, name, email, account_type, status, ..) in PEOPLE.iter().filter(|(.., row, _)| belongs(*row)) {
        let mut account = account(id, name, email, *account_type);
        account.status = *status;
        account.email_hidden = ADDRESS_HIDDEN.contains(id);
        directory.add(account);
    }
    let sites = (0..SITES.len()).map(|place| {
        let mut site = empty_site(place, &directory);
        if seed == Seed::Demo {
            plant_projects(&mut site, place);
            plant_issues(&mut site, place);
        }
        (site.cloud_id.clone(), site)
    });
    Atlassian {
        sites: sites.collect(),
        directory,
        faults: Faults::default(),
        budgets: Budgets::default(),
        usage: Usage::default(),
        deliveries: Vec::new(),
    }
}

/// A person's account with a picture of their initials.
pub(crate) fn account(id: &str, name: &str, email: &str, account_type: AccountType) -> Account {
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    Account {
        account_id: id.to_owned(),
        name: name.to_owned(),
        email: email.to_owned(),
        email_hidden: false,
        picture: format!(
            "https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/initials/{}-{}.png",
            initials.to_uppercase(),
            name.len() % 6,
        ),
        account_type,
        status: Active,
    }
}

fn group_id(name: &str, place: usize) -> String {
    GROUPS.iter().find(|(own, _)| *own == name).map_or_else(String::new, |(_, ids)| ids[place].to_owned())
}

/// A site with people, groups and schemes, and nothing to work on.
fn empty_site(place: usize, directory: &Directory) -> Site {
    let (cloud_id, name, url) = SITES[place];
    let mut site = Site {
        cloud_id: cloud_id.to_owned(),
        name: name.to_owned(),
        url: url.to_owned(),
        // Above every number of the tables.
        next_id: 20_000,
        ..Site::default()
    };
    for (name, ids) in GROUPS {
        site.groups.insert(ids[place].to_owned(), Group::named(name));
    }
    for (permission, groups) in GLOBAL_PERMISSIONS {
        let ids = groups.iter().map(|name| group_id(name, place)).collect();
        site.global_permissions.insert((*permission).to_owned(), ids);
    }
    for (id, .., membership) in PEOPLE {
        let (Some(account), Some(groups)) = (directory.get(id), membership[place]) else { continue };
        site.admit(account);
        for name in groups {
            if let Some(group) = site.groups.get_mut(&group_id(name, place)) {
                group.add(id, account.active());
            }
        }
    }
    site.schemes.insert(DEFAULT_SCHEME.to_owned(), default_scheme(place));
    site.schemes.insert(RESTRICTED_SCHEME.to_owned(), restricted_scheme());
    site
}

fn scheme(team: &[Holder]) -> Scheme {
    let mut scheme = Scheme::default();
    for permission in PERMISSIONS.iter().filter(|permission| permission.reach == Reach::Project) {
        scheme.grant(permission.key, Holder::ProjectRole(ADMINISTRATORS));
        if !FOR_ADMINISTRATORS.contains(&permission.key) {
            for holder in team {
                scheme.grant(permission.key, holder.clone());
            }
        }
    }
    scheme.grant("ADMINISTER_PROJECTS", Holder::ProjectLead);
    scheme
}

fn default_scheme(place: usize) -> Scheme {
    let users = Holder::Group(group_id(USERS, place));
    let mut scheme = scheme(&[
        users.clone(),
        Holder::ProjectRole(DEVELOPERS),
        Holder::ProjectRole(SERVICE_DESK_TEAM),
        Holder::ProjectRole(APPS),
    ]);
    for holder in [users, Holder::ProjectRole(DEVELOPERS), Holder::ProjectRole(APPS)] {
        scheme.revoke("SERVICEDESK_AGENT", &holder);
    }
    scheme
}

fn restricted_scheme() -> Scheme {
    let mut scheme = scheme(&[Holder::ProjectRole(DEVELOPERS), Holder::ProjectRole(APPS)]);
    for holder in [Holder::ProjectRole(DEVELOPERS), Holder::ProjectRole(APPS)] {
        for permission in ["SERVICEDESK_AGENT", "EDIT_ISSUES", "TRANSITION_ISSUES"] {
            scheme.revoke(permission, &holder);
        }
    }
    scheme.grant("EDIT_ISSUES", Holder::Reporter);
    scheme.grant("TRANSITION_ISSUES", Holder::CurrentAssignee);
    scheme
}

/// The roles that a project begins with.
pub(crate) fn roles(admins: String, agents: String, developers: &[&str]) -> BTreeMap<u64, Actors> {
    let users =
        |ids: &[&str]| Actors { users: ids.iter().map(|id| (*id).to_owned()).collect(), groups: BTreeSet::new() };
    let group = |id: String| Actors { users: BTreeSet::new(), groups: BTreeSet::from([id]) };
    BTreeMap::from([
        (ADMINISTRATORS, group(admins)),
        (DEVELOPERS, users(developers)),
        (SERVICE_DESK_TEAM, group(agents)),
        (APPS, users(&[APP_ACCOUNT_ID])),
    ])
}

fn plant_projects(site: &mut Site, place: usize) {
    for (_, id, key, name, kind, category, lead, scheme, developers) in
        PROJECTS.iter().filter(|(own, ..)| *own == place)
    {
        site.projects.add(Project {
            id: *id,
            key: (*key).to_owned(),
            name: (*name).to_owned(),
            kind: *kind,
            lead: (*lead).to_owned(),
            category: category.map(|(id, name)| Category { id, name: name.to_owned() }),
            scheme: (*scheme).to_owned(),
            roles: roles(group_id(ADMINS, place), group_id(AGENTS, place), developers),
            last_issue: 0,
            required: BTreeSet::new(),
        });
    }
}

fn plant_issues(site: &mut Site, place: usize) {
    let mut clock = BEGINNING_MS;
    let mut tick = || {
        clock += STEP_MS;
        clock
    };
    for (_, key, summary, description, reporter, assignee, step, comments) in
        ISSUES.iter().filter(|(own, ..)| *own == place)
    {
        let Some(project) = site.projects.by_key(key).cloned() else { continue };
        let id = site.fresh_id();
        let mut issue = Issue::new(&project, id, usual_type(project.kind), reporter, tick());
        (*summary).clone_into(&mut issue.summary);
        issue.description = (!description.is_empty()).then(|| adf::paragraph(description));
        issue.assignee = assignee.map(str::to_owned);
        issue.status = nth_status(project.kind, *step);
        for (author, text) in *comments {
            let at = tick();
            let comment = Comment {
                id: site.fresh_id(),
                issue_id: id,
                author: (*author).to_owned(),
                update_author: (*author).to_owned(),
                body: adf::paragraph(text),
                visibility: None,
                created_ms: at,
                updated_ms: at,
                properties: BTreeMap::new(),
            };
            issue.comments.push(comment.id);
            issue.updated_ms = at;
            site.comments.insert(comment.id, comment);
        }
        if let Some(project) = site.projects.get_mut(project.id) {
            project.last_issue = issue.number;
        }
        site.issues.add(issue);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_of_another_name_is_refused() {
        assert_eq!("Demo".parse::<Seed>(), Err(UnknownSeed("Demo".to_owned())));
        assert_eq!(("demo".parse(), "empty".parse()), (Ok(Seed::Demo), Ok(Seed::Empty)));
    }

    #[test]
    fn the_tables_name_nothing_that_is_not_there() {
        let world = Atlassian::seeded(Seed::Demo);
        for site in world.sites.values() {
            for project in site.projects.iter() {
                let actors = project.roles.values().flat_map(|actors| &actors.users);
                for id in actors.chain([&project.lead]) {
                    assert!(site.admits(id), "{} names {id}", project.key);
                }
                let groups = project.roles.values().flat_map(|actors| &actors.groups);
                assert!(groups.into_iter().all(|id| site.groups.contains_key(id)), "{}", project.key);
                assert!(site.schemes.contains_key(&project.scheme), "{}", project.key);
            }
        }
        for (place, key, summary, _, reporter, assignee, _, comments) in ISSUES {
            let site = &world.sites[SITES[*place].0];
            let authors = comments.iter().map(|(author, _)| *author);
            for id in authors.chain([*reporter]).chain(*assignee) {
                assert!(site.admits(id), "'{summary}' names {id}");
            }
            assert!(site.projects.by_key(key).is_some(), "'{summary}' is in {key}");
        }
        let planted: u64 =
            world.sites.values().flat_map(|site| site.projects.iter()).map(|project| project.last_issue).sum();
        assert_eq!(usize::try_from(planted), Ok(ISSUES.len()));
    }
}
