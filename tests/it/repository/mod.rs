//! What must be true of the sources: rules that neither the compiler nor a lint can hold.
//!
//! A rule is a function from the [`tree::Tree`] of files to what breaks it. Below, each is held against the repository; in
//! its own file, each is also held against a made-up tree that breaks it. Read in this order: [`tree`], [`crates`] (who may
//! depend on whom), [`page`], [`shell`] (what is built in, what the page may do), [`locks`] (versions and where they come
//! from), [`habits`] (sizes, names, what may not stay), [`data`] (what is built in of others), [`papers`] (what README.md and its like promise).

mod crates;
mod data;
mod habits;
mod locks;
mod page;
mod papers;
mod shell;
mod tree;

use rstest::rstest;
use tree::Tree;

/// Says what breaks it, a line each; nothing where it is kept.
type Rule = fn(&Tree) -> Vec<String>;

#[rstest]
#[case::only_known_edges(crates::only_known_edges)]
#[case::no_cycles(crates::no_cycles)]
#[case::one_home_for_each_outside_thing(crates::one_home_for_each_outside_thing)]
#[case::the_domain_does_no_input_or_output(crates::the_domain_does_no_input_or_output)]
#[case::every_crate_takes_the_lints(crates::every_crate_takes_the_lints)]
#[case::only_the_bridge_knows_tauri(page::only_the_bridge_knows_tauri)]
#[case::the_doors_are_behind_their_feature(shell::the_doors_are_behind_their_feature)]
#[case::no_product_turns_the_doors_on(shell::no_product_turns_the_doors_on)]
#[case::the_page_may_do_nothing_but_ask(shell::the_page_may_do_nothing_but_ask)]
#[case::tauri_stays_at_two(locks::tauri_stays_at_two)]
#[case::crates_come_from_one_place(locks::crates_come_from_one_place)]
#[case::no_registry_is_named(locks::no_registry_is_named)]
#[case::no_folder_of_a_machine(habits::no_folder_of_a_machine)]
#[case::long_files_say_why(habits::long_files_say_why)]
#[case::the_shell_is_small(habits::the_shell_is_small)]
#[case::nothing_unfinished_stays(habits::nothing_unfinished_stays)]
#[case::names_say_what_is_inside(habits::names_say_what_is_inside)]
#[case::data_is_what_its_sources_say(data::data_is_what_its_sources_say)]
#[case::what_is_linked_is_there(papers::what_is_linked_is_there)]
#[case::the_commands_are_told_and_run(papers::the_commands_are_told_and_run)]
fn the_repository_keeps_the_rule(#[case] rule: Rule) {
    let tree = Tree::of_repository();
    assert!(tree.files().count() > 50, "the walk of the repository found next to nothing");
    let broken = rule(&tree);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn the_book_of_rules_that_the_page_reads_is_that_of_the_program() {
    let file = std::fs::read_to_string(desk_tests::page::repository().join(desk_tests::rules_book::PATH)).unwrap();
    let now = desk_tests::rules_book::render().unwrap();
    assert!(
        file == now,
        "run `cargo xtask bindings`: the rules in {} are of another day",
        desk_tests::rules_book::PATH
    );
    assert!(!now.contains(r#""example": null"#), "a rule that nothing breaks");
}

/// That a rule finds this, and nothing else, in a made-up tree.
fn assert_found(rule: Rule, files: &[(&str, &str)], expected: &[&str]) {
    let found = rule(&Tree::of(files));
    let fits = found.len() == expected.len() && found.iter().zip(expected).all(|(line, part)| line.contains(part));
    assert!(fits, "found {found:#?}, expected {expected:#?}, in {files:#?}");
}
