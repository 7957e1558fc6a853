//! From an e-mail address to an activated account, and the invitations of its users.

use onedesk_pricing::Choice;
use serde::{Deserialize, Serialize};

use crate::Instant;
use crate::fields::{
    AccountAddress, CompanyName, CountryCode, Email, FieldError, FieldErrors, Password, PersonName,
    TimeZoneName,
};

/// `POST /api/sign-ups`: start a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignUpRequest {
    /// Where the activation link goes.
    #[cfg_attr(feature = "openapi", schema(example = "you@example.com"))]
    pub email: String,
    /// Language code of the page, used for the e-mail and the account.
    #[cfg_attr(feature = "openapi", schema(example = "en"))]
    pub language: String,
    /// What was dialled in on the pricing page, kept for the Subscription screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// The partner whose page the visitor came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
}

/// The answer to every sign-up, whether or not the address is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignUpAccepted {
    /// The address as it was understood.
    pub email: String,
}

/// `GET /api/activations/{token}`: what the activation form is filled with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivationView {
    /// The address that signed up.
    pub email: String,
    /// Language of the sign-up.
    pub language: String,
    /// Until when the link works.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::time::instant")]
    pub expires_at: Instant,
}

/// `GET /api/activations/{token}/address`: the account's address as it will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddressView {
    /// The first label, such as `acme` of `acme.example.com`; free at the time of the answer.
    pub address: String,
}

/// `POST /api/activations/{token}`: the activation form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivationRequest {
    /// Name of the account owner.
    #[cfg_attr(feature = "openapi", schema(example = "Ada Byron"))]
    pub name: String,
    /// Name of the company; the account's address is made from it.
    #[cfg_attr(feature = "openapi", schema(example = "Acme GmbH"))]
    pub company: String,
    /// The owner's password.
    #[cfg_attr(feature = "openapi", schema(example = "correct horse battery staple"))]
    pub password: String,
    /// ISO 3166-1 alpha-2 code.
    #[cfg_attr(feature = "openapi", schema(example = "DE"))]
    pub country: String,
    /// IANA time zone.
    #[cfg_attr(feature = "openapi", schema(example = "Europe/Berlin"))]
    pub time_zone: String,
    /// Whether the terms were accepted.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = true))]
    pub terms: bool,
}

/// A well-formed [`ActivationRequest`].
#[derive(Clone, Debug)]
pub struct Activation {
    /// Name of the account owner.
    pub name: PersonName,
    /// Name of the company.
    pub company: CompanyName,
    /// The wished address; the server makes it unique.
    pub address: AccountAddress,
    /// The owner's password.
    pub password: Password,
    /// The account's country.
    pub country: CountryCode,
    /// The account's time zone.
    pub time_zone: TimeZoneName,
}

impl ActivationRequest {
    /// Reads every field, so that all mistakes are told at once. `email` is the owner's: a password that repeats
    /// it is refused.
    pub fn parse(&self, email: &str) -> Result<Activation, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", PersonName::parse(&self.name));
        let company = errors.take("company", CompanyName::parse(&self.company));
        let password = errors.take(
            "password",
            Password::parse(&self.password, &[email, &self.company]),
        );
        let country = errors.take("country", CountryCode::parse(&self.country));
        let time_zone = errors.take("time_zone", TimeZoneName::parse(&self.time_zone));
        if !self.terms {
            errors.add("terms", FieldError::NotAccepted);
        }
        match (name, company, password, country, time_zone) {
            (Some(name), Some(company), Some(password), Some(country), Some(time_zone))
                if errors.is_empty() =>
            {
                let address = AccountAddress::from_company(&company);
                Ok(Activation {
                    name,
                    company,
                    address,
                    password,
                    country,
                    time_zone,
                })
            }
            _ => Err(errors),
        }
    }
}

/// `GET /api/invitations/{token}`: who is invited where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationView {
    /// The invited address.
    pub email: String,
    /// The inviting company.
    pub company: String,
    /// Language of the invitation.
    pub language: String,
}

/// `POST /api/invitations/{token}`: join the account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptInvitation {
    /// The user's name.
    #[cfg_attr(feature = "openapi", schema(example = "Ada Byron"))]
    pub name: String,
    /// The user's password.
    #[cfg_attr(feature = "openapi", schema(example = "correct horse battery staple"))]
    pub password: String,
}

impl AcceptInvitation {
    /// Reads both fields; `email` is the invited address.
    pub fn parse(&self, email: &str) -> Result<(PersonName, Password), FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", PersonName::parse(&self.name));
        let password = errors.take("password", Password::parse(&self.password, &[email]));
        name.zip(password).ok_or(errors)
    }
}

impl SignUpRequest {
    /// Reads the address.
    pub fn parse(&self) -> Result<Email, FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.take("email", Email::parse(&self.email)).ok_or(errors)
    }
}
