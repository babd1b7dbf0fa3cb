//! Through whose eyes, and in which version of the API, an object is written down.

use super::Call;
use super::site::Site;
use crate::identity::Directory;

/// The reader of an object, and the shape that the reader gets.
#[derive(Clone)]
pub(crate) struct View<'a> {
    pub(crate) directory: &'a Directory,
    pub(crate) site: &'a Site,
    pub(crate) reader: &'a str,
    /// Address of the API, without a slash at the end.
    pub(crate) root: String,
    /// Rich text as plain text, as version 2 of the API and webhooks write it.
    pub(crate) plain: bool,
}

impl View<'_> {
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }
}

impl Call<'_> {
    /// The view of the caller.
    pub(crate) fn view(&self) -> View<'_> {
        View {
            directory: self.directory,
            site: self.site,
            reader: self.account_id,
            root: format!("{}/rest/api/3", self.base),
            plain: false,
        }
    }
}
