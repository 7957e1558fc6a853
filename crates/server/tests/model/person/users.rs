//! Users: added, deactivated, reactivated, up to the licences and beyond.

use serde_json::json;

use super::wire::of_debug;
use super::{Desk, Outcome, Person};

impl Person {
    pub async fn adds(&mut self, desk: &Desk, count: u32) -> Outcome {
        if count == 0 {
            return Ok(());
        }
        let emails: Vec<String> = (0..count)
            .map(|index| format!("user-{}-{}@example.com", self.life, self.added + index))
            .collect();
        let body = json!({ "emails": emails.join(" "), "role": "member" });
        let answer = self.post(desk, "/api/users", &body).await?;
        if let Err(refusal) = self.account.room_for(self.account.active + count) {
            self.account
                .reached
                .note("users refused, as there were too few licences");
            return answer.expect("more users", &[refusal]);
        }
        answer.expect("more users", &["done"])?;
        self.added += count;
        self.account.active += count;
        self.accepted += 1;
        Ok(())
    }

    /// Members: the other admin goes on working.
    pub async fn deactivates(&mut self, desk: &Desk, count: u32) -> Outcome {
        let leaving = self.users(desk, |active, role| active && role == "member");
        for id in leaving.await?.into_iter().take(count as usize) {
            let path = format!("/api/users/{id}/deactivation");
            let answer = self.post(desk, &path, &json!({})).await?;
            answer.expect("a deactivation", &["done"])?;
            self.account.active -= 1;
            self.account.inactive += 1;
            self.accepted += 1;
        }
        Ok(())
    }

    /// So many by name, or as many as there is room for.
    pub async fn reactivates(&mut self, desk: &Desk, count: u32) -> Outcome {
        let named: Vec<String> = match count {
            0 => Vec::new(),
            count => {
                let inactive = self.users(desk, |active, _| !active).await?;
                inactive.into_iter().take(count as usize).collect()
            }
        };
        if count > 0 && named.is_empty() {
            return Ok(());
        }
        let account = &self.account;
        let returning = if named.is_empty() {
            let room = |count: &u32| account.room_for(account.active + count).is_ok();
            let most = (1..=account.inactive).take_while(room).last();
            most.unwrap_or(account.inactive.min(1))
        } else {
            u32::try_from(named.len()).map_err(of_debug)?
        };
        let body = json!({ "users": named });
        let answer = self.post(desk, "/api/users/reactivations", &body).await?;
        if returning > 0
            && let Err(refusal) = account.room_for(account.active + returning)
        {
            return answer.expect("a reactivation", &[refusal]);
        }
        answer.expect("a reactivation", &["done"])?;
        self.account.active += returning;
        self.account.inactive -= returning;
        self.accepted += 1;
        Ok(())
    }

    /// The users but the owner, by whether they are active and their role.
    pub async fn users(&self, desk: &Desk, wanted: impl Fn(bool, &str) -> bool) -> Outcome<Vec<String>> {
        let answer = self.get(desk, "/api/users").await?;
        let users = answer.body["users"].as_array().ok_or("no users")?;
        let is_wanted = |active: bool, role: &str| role != "owner" && wanted(active, role);
        Ok(users
            .iter()
            .filter(|user| is_wanted(user["active"] == true, user["role"].as_str().unwrap_or_default()))
            .filter_map(|user| user["id"].as_str().map(str::to_owned))
            .collect())
    }
}
