//! The feature table: which plan includes what, group by group.

use onedesk_pricing::PlanId;

use crate::document::{Node, Table};
use crate::identifiers::Identifiers;

/// Features under one heading.
pub struct Group {
    /// Its id.
    pub id: PlanId,
    /// In the order to show.
    pub features: Vec<Row>,
}

/// One feature.
pub struct Row {
    /// Its id.
    pub id: PlanId,
    /// The plans that include it, from the lowest.
    pub plans: Vec<PlanId>,
    /// Whether it stands in the application's menu.
    pub in_menu: bool,
}

/// Reads `[[feature_groups]]`, and gathers the ids of groups and features.
pub fn groups(
    root: &Table<'_>,
    plans: &Identifiers,
    group_ids: &mut Identifiers,
    feature_ids: &mut Identifiers,
) -> Vec<Group> {
    let mut groups = Vec::new();
    let entries = root
        .required(
            "feature_groups",
            "[[feature_groups]] with an id and a list of features",
        )
        .and_then(|node| node.list());
    let Some(entries) = entries else {
        group_ids.complete = false;
        feature_ids.complete = false;
        return groups;
    };
    for entry in entries {
        let Some(mut table) = entry.any_table() else {
            group_ids.complete = false;
            feature_ids.complete = false;
            continue;
        };
        let id = group_ids.add(table.required("id", "the id of the group, in quotes"));
        if let Some(id) = &id {
            table.rename(format!("feature_groups.{id}"));
        }
        table.refuse_other_keys(&["id", "features"]);
        let list = table
            .required("features", "the features of the group")
            .and_then(|node| node.list());
        if list.is_none() {
            feature_ids.complete = false;
        }
        let features: Vec<_> = list
            .unwrap_or_default()
            .iter()
            .filter_map(|node| feature(node, &table, plans, feature_ids))
            .collect();
        groups.extend(id.map(|id| Group { id, features }));
    }
    groups
}

fn feature(node: &Node<'_>, group: &Table<'_>, plans: &Identifiers, ids: &mut Identifiers) -> Option<Row> {
    let Some(mut table) = node.any_table() else {
        ids.complete = false;
        return None;
    };
    let id = ids.add(table.required("id", "the id of the feature, in quotes"));
    if let Some(id) = &id {
        table.rename(format!("{}.features.{id}", group.path));
    }
    table.refuse_other_keys(&["id", "plans", "menu"]);
    let in_menu = table.optional("menu").and_then(|node| node.flag());
    let included = table.required("plans", "the list of the plans that include it")?;
    let included = included_in(&included, plans);
    Some(Row {
        id: id?,
        plans: included?,
        in_menu: in_menu.unwrap_or(false),
    })
}

/// The plans of a feature: known ones, each once, and with every plan all higher ones.
fn included_in(node: &Node<'_>, plans: &Identifiers) -> Option<Vec<PlanId>> {
    let mut named = Vec::new();
    for (entry, name) in node.texts()? {
        if let Some(refusal) = plans.refusal(name) {
            entry.mistake(&refusal);
        } else if named.contains(&name) {
            entry.mistake(&format!("“{name}” is listed twice; remove one"));
        } else {
            named.push(name);
        }
    }
    let levels = || plans.known.iter().map(|(id, _)| id.as_str());
    if let Some(lowest) = levels().find(|id| named.contains(id)) {
        let lacking = levels()
            .skip_while(|id| *id != lowest)
            .find(|id| !named.contains(id));
        if let Some(lacking) = lacking
            && plans.complete
        {
            node.mistake(&format!(
                "“{lowest}” includes this, but the higher plan “{lacking}” does not; add \"{lacking}\", or remove \
                 \"{lowest}\""
            ));
        }
    }
    // In the order of the plans, however they are listed.
    Some(
        levels()
            .filter(|id| named.contains(id))
            .filter_map(|id| PlanId::new(id).ok())
            .collect(),
    )
}
