//! Cedar's native crate: bench/peers/run.py says what is read and printed.

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Write;
use std::str::FromStr;
use std::time::Instant;

fn uid(kind: &str, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(EntityTypeName::from_str(kind).unwrap(), EntityId::new(id))
}

struct Ask {
    name: String,
    request: Request,
    entities: Entities,
}

/// The entities of one request: the caller, the action with its groups, the object with every folder above it.
fn make_ask(line: &str, groups: &HashMap<String, Vec<String>>) -> Ask {
    let words: Vec<&str> = line.split('\t').collect();
    let (name, action, path) = (words[0], words[1], format!("{}/{}", words[2], words[3]));
    let folders: HashSet<EntityUid> = path.match_indices('/').map(|(at, _)| uid("Folder", &path[..at])).collect();
    let parents: HashSet<EntityUid> = groups[action].iter().map(|group| uid("Action", group)).collect();
    let attributes = HashMap::from([("path".to_string(), RestrictedExpression::new_string(path.clone()))]);
    let mut all = vec![
        Entity::new(uid("Object", &path), attributes, folders.clone()).unwrap(),
        Entity::new(uid("Action", action), HashMap::new(), parents.clone()).unwrap(),
        Entity::with_uid(uid("User", "ann")),
    ];
    all.extend(folders.into_iter().map(Entity::with_uid));
    all.extend(parents.into_iter().map(Entity::with_uid));
    let context = Context::from_pairs([
        ("team".to_string(), RestrictedExpression::new_string("blue".to_string())),
        ("tls".to_string(), RestrictedExpression::new_bool(true)),
    ])
    .unwrap();
    let request = Request::new(uid("User", "ann"), uid("Action", action), uid("Object", &path), context, None).unwrap();
    Ask { name: name.to_string(), request, entities: Entities::from_entities(all, None).unwrap() }
}

fn allowed(authorizer: &Authorizer, policies: &PolicySet, ask: &Ask) -> bool {
    authorizer.is_authorized(&ask.request, policies, &ask.entities).decision() == Decision::Allow
}

/// Median of five rounds of a tenth of a second, in nanoseconds for each decision.
fn time(authorizer: &Authorizer, policies: &PolicySet, ask: &Ask) -> f64 {
    let mut rounds = [0.0; 5];
    for round in &mut rounds {
        let begin = Instant::now();
        let mut count = 0u32;
        while begin.elapsed().as_secs_f64() < 0.1 {
            std::hint::black_box(allowed(authorizer, policies, ask));
            count += 1;
        }
        *round = begin.elapsed().as_secs_f64() * 1e9 / f64::from(count);
    }
    rounds.sort_by(f64::total_cmp);
    rounds[2]
}

fn main() {
    for folder in std::env::args().skip(1) {
        let read = |name: &str| fs::read_to_string(format!("{folder}/{name}")).unwrap();
        let policies = PolicySet::from_str(&read("policies.cedar")).unwrap();
        let groups: HashMap<String, Vec<String>> = read("cedar_groups.tsv")
            .lines()
            .map(|line| line.split_once('\t').unwrap())
            .map(|(action, list)| (action.into(), list.split(',').filter(|g| !g.is_empty()).map(String::from).collect()))
            .collect();
        let asks: Vec<Ask> = read("asks.tsv").lines().map(|line| make_ask(line, &groups)).collect();
        let authorizer = Authorizer::new();
        let decisions: String =
            asks.iter().map(|ask| if allowed(&authorizer, &policies, ask) { '1' } else { '0' }).collect();
        println!("{folder}\tdecisions\t{decisions}");
        for ask in asks.iter().filter(|ask| ask.name != "random") {
            println!("{folder}\tns\t{}\t{:.1}", ask.name, time(&authorizer, &policies, ask));
        }
        std::io::stdout().flush().unwrap();
    }
}
