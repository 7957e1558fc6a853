//! `subscribe credits`: giving accounts credit.

use jiff::Timestamp;
use onedesk_contract::fields::CreditReason;
use onedesk_pricing::{Currency, Money};
use onedesk_texts::{Language, format};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{close, name_of, state};
use crate::clock;
use crate::config::{CreditsCommand, GiveCredit};
use crate::goodwill::{self, Gift, GiftKey, Giver, Refusal};
use crate::state::AppState;
use crate::store::entities::accounts::{Column, Entity, Model};

/// Carries out a command about account credit and gives what is to be told. `confirm` is asked the question whether it is to
/// be done, and says why not.
///
/// # Errors
/// In words, for whoever gave the command.
pub async fn credits(
    command: CreditsCommand,
    confirm: impl FnOnce(&str) -> Result<(), String>,
) -> Result<String, String> {
    let CreditsCommand::Give(command) = command;
    let gift = gift(&command).map_err(|refusal| refusal.told())?;
    let own_key = match &command.key {
        Some(text) => Some(GiftKey::given(text).ok_or_else(|| {
            format!(
                "--key takes 1 to {} visible ASCII characters without spaces. No credit was given.",
                GiftKey::MAX_LENGTH
            )
        })?),
        None => None,
    };
    let state = state(&command.server).await?;
    let outcome = give(&state, &command, &gift, own_key, confirm).await;
    close(state.store.clone()).await?;
    outcome
}

fn gift(command: &GiveCredit) -> Result<Gift, Refusal> {
    let code = command.currency.to_uppercase();
    let currency = Currency::from_code(&code).map_err(|_| Refusal::UnknownCurrency(code))?;
    Ok(Gift {
        amount: Money::parse(&command.amount, currency).map_err(Refusal::Amount)?,
        reason: CreditReason::parse(&command.reason).map_err(Refusal::Reason)?,
    })
}

async fn give(
    state: &AppState,
    command: &GiveCredit,
    gift: &Gift,
    own_key: Option<GiftKey>,
    confirm: impl FnOnce(&str) -> Result<(), String>,
) -> Result<String, String> {
    let money = |amount| format::money(Language::En, amount);
    let account = find(state, &command.account).await?;
    let now: Timestamp = state.clock.now();
    let key = own_key.unwrap_or_else(|| GiftKey::of_day(gift, clock::day(now, "UTC")));
    let conn = state.store.read();
    let check = goodwill::check(conn, state, &account, gift).await;
    if let Err(refusal) = check.map_err(|error| error.to_string())? {
        return Err(refusal.told());
    }
    confirm(&format!(
        "Give {} ({}) {} of credit? They read this reason: {}",
        account.company,
        account.address,
        money(gift.amount),
        gift.reason.as_str()
    ))?;
    let by = Giver {
        staff: None,
        name: name_of(command.by.as_deref()),
    };
    match goodwill::give(state, account.id, &key, gift, &by).await {
        Ok(Ok(given)) if given.before => Ok(format!(
            "{} was given this credit before: {}. Nothing was done a second time; give it another --key if it is to be given once \
             more",
            account.address, given.number
        )),
        Ok(Ok(given)) => Ok(format!(
            "{} has {} of credit now; {} is on its way",
            account.address,
            money(given.balance),
            given.number
        )),
        Ok(Err(refusal)) => Err(refusal.told()),
        Err(error) => Err(error.to_string()),
    }
}

/// The account of an address such as `acme`, also if the whole of it is given.
async fn find(state: &AppState, address: &str) -> Result<Model, String> {
    let domain = format!(".{}", state.catalog.vendor().account_domain);
    let wanted = address.trim().to_lowercase();
    let label = wanted.strip_suffix(&domain).unwrap_or(&wanted);
    let found = Entity::find().filter(Column::Address.eq(label));
    let found = found.one(state.store.read()).await;
    found
        .map_err(|error| error.to_string())?
        .ok_or_else(|| format!("there is no account with the address {label:?}. No credit was given."))
}
