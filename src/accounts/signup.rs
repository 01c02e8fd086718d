//! Signing up: the form, what can be wrong with it, and the account that comes of it.

use std::fmt;

use rocket::FromForm;
use serde::Serialize;

use super::{Accounts, Error, Field, FieldError, SignupErrors, User, strength, user, userid};

/// The longest real name, in characters.
pub(super) const MAX_REAL_NAME: usize = 150;

/// The longest email address, in characters.
pub(super) const MAX_EMAIL: usize = 254;

/// What a visitor typed to get an account. A field that did not come counts as an empty one.
#[derive(Clone, Default, FromForm)]
pub struct SignupForm {
    /// The name to log in with.
    #[field(default = String::new())]
    pub userid: String,
    /// The name to be greeted with.
    #[field(default = String::new())]
    pub real_name: String,
    /// Where mail would go.
    #[field(default = String::new())]
    pub email: String,
    /// The password.
    #[field(default = String::new())]
    pub password1: String,
    /// The password again, against slips of the finger that nobody can see.
    #[field(default = String::new())]
    pub password2: String,
}

/// What a form shows again after an error: everything but the passwords, which would otherwise
/// stand in the page and in whatever keeps a copy of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Typed {
    /// As typed.
    pub userid: String,
    /// As typed.
    pub real_name: String,
    /// As typed.
    pub email: String,
}

impl SignupForm {
    /// Everything that is wrong with the form, all at once; whether the userid is taken is not
    /// known here. Source: Django's `UserCreationForm`.
    pub fn errors(&self) -> SignupErrors {
        let userid = userid::normalise(&self.userid);
        let personal = [
            (Field::Userid, userid.as_str()),
            (Field::RealName, &self.real_name),
            (Field::Email, &self.email),
        ];
        let mut errors = SignupErrors::default();
        let mut check = |field, typed: &str, faults: &dyn Fn(&str) -> Vec<FieldError>| {
            if typed.trim().is_empty() {
                errors.add(field, [FieldError::Required]);
            } else {
                errors.add(field, faults(typed));
            }
        };
        check(Field::Userid, &self.userid, &userid::faults);
        check(Field::RealName, &self.real_name, &real_name_faults);
        check(Field::Email, &self.email, &email_faults);
        check(Field::Password1, &self.password1, &|password| {
            strength::faults(password, &personal)
        });
        check(Field::Password2, &self.password2, &|again| {
            let differs = again != self.password1;
            Vec::from_iter(differs.then_some(FieldError::PasswordsDiffer))
        });
        errors
    }

    /// What to show again when there are errors.
    pub fn typed(&self) -> Typed {
        Typed {
            userid: self.userid.clone(),
            real_name: self.real_name.clone(),
            email: self.email.clone(),
        }
    }
}

impl fmt::Debug for SignupForm {
    /// Without the passwords: what is printed ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignupForm")
            .field("userid", &self.userid)
            .field("real_name", &self.real_name)
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

impl Accounts {
    /// Makes an account, or says everything that is wrong with the form.
    ///
    /// The inner result is the visitor's, the outer one the server's:
    ///
    /// ```ignore
    /// let user: User = match accounts.sign_up(&form).await? {
    ///     Ok(user) => user,
    ///     Err(errors) => return show_again(&form, errors),
    /// };
    /// ```
    ///
    /// # Errors
    ///
    /// The database does not answer, or the password can't be hashed now.
    pub async fn sign_up(&self, form: &SignupForm) -> Result<Result<User, SignupErrors>, Error> {
        let mut errors = form.errors();
        // So that a taken userid is told together with everything else. It decides nothing: until
        // the insertion somebody else may take it.
        if errors.of(Field::Userid).is_empty() && self.find(&form.userid)?.is_some() {
            errors.add(Field::Userid, [FieldError::UseridTaken]);
        }
        if !errors.is_empty() {
            return Ok(Err(errors));
        }
        let hash = self.passwords.hash(&form.password1).await?;
        let created = user::create(
            &self.database,
            &form.userid,
            &form.real_name,
            &form.email,
            hash,
        );
        Ok(created.await?.ok_or_else(|| {
            errors.add(Field::Userid, [FieldError::UseridTaken]);
            errors
        }))
    }
}

fn real_name_faults(typed: &str) -> Vec<FieldError> {
    let real_name = typed.trim();
    let mut faults = Vec::new();
    if real_name.contains(char::is_control) {
        faults.push(FieldError::RealNameCharacters);
    }
    if real_name.chars().count() > MAX_REAL_NAME {
        faults.push(FieldError::RealNameTooLong);
    }
    faults
}

fn email_faults(typed: &str) -> Vec<FieldError> {
    let email = typed.trim();
    let mut faults = Vec::new();
    if !is_plausible(email) {
        faults.push(FieldError::EmailImplausible);
    }
    if email.chars().count() > MAX_EMAIL {
        faults.push(FieldError::EmailTooLong);
    }
    faults
}

/// Whether an address looks like one. Whether it is one, only a mail sent there would tell.
fn is_plausible(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else {
        return false;
    };
    let is_local_machine = domain.eq_ignore_ascii_case("localhost");
    let has_dot = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    let is_broken = |c: char| c.is_whitespace() || c.is_control();
    !local.is_empty()
        && !domain.contains('@')
        && (is_local_machine || has_dot)
        && !email.contains(is_broken)
}
