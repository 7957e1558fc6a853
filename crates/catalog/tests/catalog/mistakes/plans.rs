//! Plans, features and the list of questions.

use super::{assert_mistakes, only_mistake};
use crate::files::{Files, MAIN};

#[test]
fn plans_and_features() {
    assert_mistakes(&[
        (
            MAIN,
            "id = \"standard\"\n",
            "id = \"standard\"\nrecommended = true\n",
            "catalog.toml:35:15: plans.premium.recommended: “standard” is recommended already",
            "only one plan can be",
        ),
        (
            MAIN,
            "recommended = true",
            "recommended = \"yes\"",
            "catalog.toml:34:15: plans.premium.recommended: this is a text, but true or false",
            "",
        ),
        (
            MAIN,
            "recommended = true",
            "recomended = true",
            "catalog.toml:34:1: plans.premium.recomended: there is no such key",
            "did you mean “recommended”?",
        ),
        (
            MAIN,
            "\"sso\", plans = [\"premium\"]",
            "\"sso\", plans = [\"standard\"]",
            "catalog.toml:44:27: feature_groups.desk.features.sso.plans: “standard” includes this, but the higher plan \
             “premium” does not",
            "add \"premium\"",
        ),
        (
            MAIN,
            "\"sso\", plans = [\"premium\"]",
            "\"sso\", plans = [\"premium\", \"gold\"]",
            "catalog.toml:44:39: feature_groups.desk.features.sso.plans[2]: there is no plan “gold”",
            "there is standard, premium",
        ),
        (
            MAIN,
            "\"sso\", plans = [\"premium\"]",
            "\"sso\", plans = [\"premium\", \"premium\"]",
            "catalog.toml:44:39: feature_groups.desk.features.sso.plans[2]: “premium” is listed twice",
            "",
        ),
        (
            MAIN,
            "\"sso\", plans = [\"premium\"]",
            "\"sso\", plans = []",
            "catalog.toml:44:27: feature_groups.desk.features.sso.plans: this list is empty",
            "",
        ),
        (
            MAIN,
            "\"sso\", plans = [\"premium\"]",
            "\"sso\"",
            "catalog.toml:44:5: feature_groups.desk.features.sso.plans: this is missing",
            "plans that include it",
        ),
        (
            MAIN,
            "\"sso\", plans = [\"premium\"]",
            "\"sso\", plans = [\"premium\"], menu = \"yes\"",
            "catalog.toml:44:47: feature_groups.desk.features.sso.menu: this is a text, but true or false",
            "without quotes",
        ),
        (
            MAIN,
            "\"sso\", plans = [\"premium\"]",
            "\"sso\", plans = [\"premium\"], menus = true",
            "catalog.toml:44:40: feature_groups.desk.features.sso.menus: there is no such key",
            "did you mean “menu”?",
        ),
        (
            MAIN,
            "    { id = \"sso\"",
            "    { id = \"tickets\", plans = [\"premium\"] },\n    { id = \"sso\"",
            "catalog.toml:44:12: feature_groups.desk.features[2].id: there is a feature “tickets” already",
            "another id",
        ),
        (
            MAIN,
            "id = \"desk\"",
            "id = \"Help desk\"",
            "catalog.toml:41:6: feature_groups[1].id: “Help desk” cannot be an id",
            "lower-case letters",
        ),
        (
            MAIN,
            "[\"who\", \"trial\"]",
            "[\"who\", \"trial\", \"who\"]",
            "catalog.toml:48:30: faq.questions[3]: there is a question “who” already",
            "",
        ),
    ]);
    let twice = Files::good().edit(MAIN, "[[feature_groups]]", "[[plans]]\nid = \"premium\"\n[plans.prices]\nEUR = { monthly = \"1\", annual = \"1\" }\nJPY = { monthly = \"1\", annual = \"1\" }\n\n[[feature_groups]]");
    let mistake = only_mistake(&twice);
    assert!(
        mistake.starts_with("catalog.toml:41:6: plans[3].id: there is a plan “premium” already"),
        "{mistake}"
    );
}
