//! Links that are sent by e-mail and do one thing once.

use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::clock;
use crate::error::Error;
use crate::store::At;
use crate::store::entities::links;
pub use crate::store::entities::links::Purpose;
use crate::token::{self, Token};

/// How long an activation link works.
pub const ACTIVATION_DAYS: u32 = 7;
/// How long an invitation works.
pub const INVITATION_DAYS: u32 = 7;
/// How long a link for a new password works.
pub const PASSWORD_RESET_MINUTES: u32 = 60;

impl Purpose {
    /// How long a link works.
    pub fn lifetime(self) -> SignedDuration {
        let minutes = match self {
            Self::Activation => ACTIVATION_DAYS * 24 * 60,
            Self::Invitation => INVITATION_DAYS * 24 * 60,
            Self::PasswordReset => PASSWORD_RESET_MINUTES,
        };
        SignedDuration::from_mins(minutes.into())
    }
}

/// Makes a link for a sign-up or user and gives its token, which is not kept.
pub async fn issue(
    tx: &impl ConnectionTrait,
    purpose: Purpose,
    subject_id: Uuid,
    now: Timestamp,
) -> Result<Token, Error> {
    let token = Token::new();
    let row = links::ActiveModel {
        token_hash: Set(token.hash()),
        purpose: Set(purpose),
        subject_id: Set(subject_id),
        created_at: Set(At::from(now)),
        expires_at: Set(At::from(clock::later(now, purpose.lifetime()))),
        used_at: Set(None),
    };
    row.insert(tx).await?;
    Ok(token)
}

/// The link of this token, if it still works; or why not.
pub async fn find(
    conn: &impl ConnectionTrait,
    purpose: Purpose,
    token: &str,
    now: Timestamp,
) -> Result<links::Model, Error> {
    let link = links::Entity::find_by_id(token::hash(token))
        .filter(links::Column::Purpose.eq(purpose))
        .one(conn)
        .await?
        .ok_or(Error::LinkUnknown)?;
    match link.used_at {
        Some(_) => Err(Error::LinkUsed),
        None if link.expires_at <= At::from(now) => Err(Error::LinkExpired),
        None => Ok(link),
    }
}

/// Notes that the links of a sign-up or user did their work: the one that was followed, and others like it.
pub async fn spend(
    tx: &impl ConnectionTrait,
    purpose: Purpose,
    subject_id: Uuid,
    now: Timestamp,
) -> Result<(), Error> {
    links::Entity::update_many()
        .col_expr(links::Column::UsedAt, Expr::value(At::from(now)))
        .filter(links::Column::Purpose.eq(purpose))
        .filter(links::Column::SubjectId.eq(subject_id))
        .filter(links::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes every link of a sign-up or user that is no more.
pub async fn forget(tx: &impl ConnectionTrait, subject_id: Uuid) -> Result<(), Error> {
    links::Entity::delete_many()
        .filter(links::Column::SubjectId.eq(subject_id))
        .exec(tx)
        .await?;
    Ok(())
}
