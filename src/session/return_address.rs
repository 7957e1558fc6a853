//! Where to go after signing in: the screen that asked for it.

use crate::choice::parameter;

/// The parameter of the sign-in screen's address.
const PARAMETER: &str = "return";
/// Every screen of the application begins so.
const APPLICATION: &str = "/app";

/// The address of the sign-in screen that leads back to `path` (with its query).
pub fn sign_in_address(path: &str) -> String {
    match within_application(path) {
        Some(path) if path != APPLICATION => {
            format!("/app/sign-in?{PARAMETER}={}", js_sys::encode_uri_component(path))
        }
        _ => "/app/sign-in".to_owned(),
    }
}

/// The screen that the sign-in screen's query leads back to. What does not lead into the application (somebody else's
/// site, say) leads to its first screen.
pub fn after_sign_in(query: &str) -> String {
    let wanted = parameter(query, PARAMETER).unwrap_or_default();
    within_application(&wanted).unwrap_or(APPLICATION).to_owned()
}

/// Whether a path is that of a screen for signed-in users.
pub fn is_within(path: &str) -> bool {
    within_application(path).is_some()
}

fn within_application(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(APPLICATION)?;
    // Browsers read a backslash as a slash and skip line breaks, so that `/app\..//evil` would be an address elsewhere.
    let plain =
        path.chars().all(|c| !c.is_control() && c != '\\') && !path.contains("//") && !path.contains("..");
    let a_screen = rest.is_empty() || rest.starts_with('/') || rest.starts_with('?');
    let for_signing_in = ["/sign-in", "/forgot-password", "/reset-password", "/invitation"];
    (plain && a_screen && !for_signing_in.iter().any(|screen| rest.starts_with(screen))).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_of_the_application_is_returned_to() {
        assert_eq!(
            after_sign_in("?return=%2Fapp%2Fadministration%2Fsubscription%3Fplan%3Dpremium"),
            "/app/administration/subscription?plan=premium"
        );
        assert_eq!(after_sign_in("?lang=fr"), "/app");
    }

    #[test]
    fn no_address_leads_out_of_the_application_or_in_a_circle() {
        for wanted in [
            "https://evil.example",
            "//evil.example",
            "/pricing",
            "/apps",
            "/app/..//evil.example",
            "/app\\..\\evil",
            "/app/\n/evil",
            "javascript:alert(1)",
            "/app/sign-in?return=/app",
            "",
        ] {
            let query = format!("?return={wanted}");
            assert_eq!(after_sign_in(&query), "/app", "{wanted}");
        }
    }
}
