//! What the program is built from: licences we may use, and nothing that speaks to a network.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use std::collections::BTreeSet;

/// Licences that ask for no more than to be named.
const ALLOWED: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "OFL-1.1",
    "CC0-1.0",
    "Unlicense",
    "BSL-1.0",
    "0BSD",
    "MIT-0",
];

/// Crates that open connections; reports must not leave the machine.
const BANNED: &[&str] = &[
    "reqwest",
    "hyper",
    "ureq",
    "curl",
    "isahc",
    "surf",
    "attohttpc",
    "minreq",
    "openssl",
    "native-tls",
    "rustls",
    "tungstenite",
    "tokio",
    "quinn",
    "webbrowser",
];

/// The systems the program is for.
const SYSTEMS: [&str; 3] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin"];

fn metadata() -> Vec<Metadata> {
    let on = |system: &str| {
        let options = vec!["--locked".to_owned(), "--filter-platform".to_owned(), system.to_owned()];
        MetadataCommand::new().manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).other_options(options).exec().unwrap()
    };
    SYSTEMS.map(on).into()
}

/// The packages that end up in the program: not those of tests.
fn built_in(metadata: &Metadata) -> Vec<&Package> {
    let resolve = metadata.resolve.as_ref().unwrap();
    let mut seen: BTreeSet<&PackageId> = BTreeSet::new();
    let mut next = vec![resolve.root.as_ref().unwrap()];
    while let Some(id) = next.pop() {
        if !seen.insert(id) {
            continue;
        }
        let node = resolve.nodes.iter().find(|node| node.id == *id).unwrap();
        let normal = node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind != DependencyKind::Development));
        next.extend(normal.map(|dep| &dep.pkg));
    }
    metadata.packages.iter().filter(|package| seen.contains(&package.id)).collect()
}

/// Whether an SPDX expression can be met with allowed licences.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace("Apache-2.0 WITH LLVM-exception", "Apache-2.0");
    // One level of brackets occurs: (A OR B) AND C.
    if let Some((inside, rest)) = expression.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        return match rest.trim().strip_prefix("AND ") {
            Some(more) => is_allowed(inside) && is_allowed(more),
            None => match rest.trim().strip_prefix("OR ") {
                Some(more) => is_allowed(inside) || is_allowed(more),
                None => is_allowed(inside),
            },
        };
    }
    if let Some((one, more)) = expression.split_once(" AND (") {
        return is_allowed(one) && is_allowed(&format!("({more}"));
    }
    expression.split(" OR ").any(|choice| choice.split(" AND ").all(|licence| ALLOWED.contains(&licence.trim())))
}

#[test]
fn licences_are_ours_to_use() {
    let mut wrong = BTreeSet::new();
    for metadata in metadata() {
        let packages = built_in(&metadata).into_iter().filter(|package| !package.license.as_deref().is_some_and(is_allowed));
        wrong.extend(packages.map(|package| format!("{} {}: {:?}", package.name, package.version, package.license)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_speaks_to_a_network() {
    let mut found = BTreeSet::new();
    for metadata in metadata() {
        found.extend(
            built_in(&metadata)
                .into_iter()
                .filter(|package| BANNED.contains(&package.name.as_str()))
                .map(|package| package.name.to_string()),
        );
    }
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_rule_can_say_no() {
    for (expression, allowed) in [
        ("MIT OR Apache-2.0", true),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MPL-2.0", false),
        ("(GPL-2.0 OR MIT) AND ISC", true),
    ] {
        assert_eq!(is_allowed(expression), allowed, "{expression}");
    }
}
