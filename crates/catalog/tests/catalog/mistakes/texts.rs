//! The files of texts.

use super::assert_mistakes;
use crate::files::{EN, FR};

#[test]
fn texts() {
    assert_mistakes(&[
        (
            FR,
            "note = \"Un seul mot de passe.\"\n",
            "",
            "texts/fr.toml:18:1: features.sso.note: this text is missing",
            "translate texts/en.toml:20 (“One password.”)",
        ),
        (
            EN,
            "note = \"One password.\"\n",
            "",
            "texts/en.toml:18:1: features.sso.note: this text is missing; write it",
            "",
        ),
        (
            FR,
            "[faq.trial]\nquestion = \"Combien de temps ?\"\nanswer = [\"{trial_days} jours de {trial_plan} : {vendor}, {account_domain}.\"]",
            "",
            "texts/fr.toml:22:2: faq.trial: the texts of this are missing (question, answer)",
            "translate texts/en.toml:27 (“How long?”)",
        ),
        (
            FR,
            "desk = \"Assistance\"",
            "desk = \"\"",
            "texts/fr.toml:12:8: feature_groups.desk: this text is empty",
            "write it",
        ),
        (
            FR,
            "\"Chaque utilisateur.\", \"Aucun client.\"",
            "\"Chaque utilisateur.\"",
            "texts/fr.toml:24:10: faq.who.answer: the number of texts is 1 here",
            "2 at texts/en.toml:24",
        ),
        (
            FR,
            "[\"Tickets\"]",
            "[]",
            "texts/fr.toml:4:14: plans.standard.highlights: this list is empty",
            "",
        ),
        (
            FR,
            "[features.sso]",
            "[features.chat]\nname = \"Chat\"\nnote = \"Chat\"\n\n[features.sso]",
            "texts/fr.toml:18:11: features.chat: there is no feature “chat”",
            "there is tickets, sso",
        ),
        (
            FR,
            "[plans.premium]",
            "[plans.gold]\nname = \"Or\"\n\n[plans.premium]",
            "texts/fr.toml:6:8: plans.gold: there is no plan “gold”",
            "there is standard, premium",
        ),
        (
            FR,
            "[faq.trial]",
            "[faq.trail]\nquestion = \"?\"\n\n[faq.trial]",
            "texts/fr.toml:26:6: faq.trail: there is no question “trail”",
            "did you mean “trial”?",
        ),
        (
            FR,
            "summary = \"Pour les p",
            "sumary = \"\"\nsummary = \"Pour les p",
            "texts/fr.toml:3:1: plans.standard.sumary: there is no such key",
            "did you mean “summary”?",
        ),
        (
            FR,
            "{trial_days}",
            "{trial_dais}",
            "texts/fr.toml:28:11: faq.trial.answer[1]: there is no placeholder {trial_dais}",
            "did you mean “trial_days”?",
        ),
        (
            FR,
            "{trial_days}",
            "{ trial_days",
            "texts/fr.toml:28:11: faq.trial.answer[1]: a “{” stands alone",
            "",
        ),
        (
            FR,
            "\"Pour les petites équipes.\"",
            "7",
            "texts/fr.toml:3:11: plans.standard.summary: this is a whole number, but a text in quotes is needed",
            "",
        ),
        (
            FR,
            "[feature_groups]",
            "[feature_groups",
            "texts/fr.toml:11:",
            "this is not TOML: ",
        ),
        (
            FR,
            "[feature_groups]\ndesk = \"Assistance\"",
            "",
            "texts/fr.toml:1:1: feature_groups: this is missing",
            "the texts of this section",
        ),
    ]);
}
