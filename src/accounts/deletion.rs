//! Deleting an account, and with it whatever could make a stranger its user.

use super::{AccountError, Accounts, user};
use crate::session::Layer;

impl Accounts {
    /// Deletes the account of that userid, and ends all sessions in which its user is logged in.
    /// Returns whether there was such an account.
    ///
    /// The userid is free again only when no session names it any more: otherwise the next user
    /// with it would be logged in wherever the one before them was. So the account is first closed,
    /// then the sessions end, and the row goes last. Cut short in between, the userid stays taken,
    /// and can't log in; calling this again completes it. If the store can't end sessions, the
    /// userid stays taken for good.
    ///
    /// # Errors
    ///
    /// The database or the session store does not answer. The account may be closed already.
    pub async fn delete(&self, layer: &Layer, userid: &str) -> Result<bool, AccountError> {
        let Some(userid) = user::begin_deletion(&self.database, userid).await? else {
            return Ok(false);
        };
        if ends_sessions(layer) {
            layer.end_sessions(&userid, None).await?;
            user::delete(&self.database, &userid).await?;
        }
        Ok(true)
    }

    /// Deletes the account alone, as somebody does who deletes its row by hand. Its sessions stay,
    /// and name a user who is not there: the next one with that userid is logged in wherever this
    /// one was. For showing that, and nothing else.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub(crate) async fn delete_row_alone(&self, userid: &str) -> Result<(), AccountError> {
        user::begin_deletion(&self.database, userid).await?;
        user::delete(&self.database, userid).await?;
        Ok(())
    }
}

/// True if a user's sessions can be found and ended, in the store that they are kept in. A layer
/// that does not know about users finds none.
pub fn ends_sessions(layer: &Layer) -> bool {
    let store = layer.capabilities();
    store.listable && store.revocable && !layer.config().identity_key.is_empty()
}
