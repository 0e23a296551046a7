#!/bin/sh
# Speed and memory of the `linkage` crate on invented registers. Prints one JSON object a step.
#   bench/linkage.sh              10^5 and 10^6 people
#   bench/linkage.sh 10000000     that many (10^7 needs 3 GB of memory, 3 GB of disk and a minute)
# Figures are for one thread unless they say otherwise; CPU seconds are what to compare, wall seconds depend on the disk.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --release --quiet -p linkage -p demo --bins
cargo build --release --quiet -p linkage --example lookups
for people in "${@:-100000 1000000}"; do
    # A default of two sizes comes as one word.
    for size in $people; do
        echo "== $size people, 300 rows"
        "$target/invent-people" --seed 7 --people "$size" --rows 300 --out "$work"
        echo "cold from CSV, index included:"
        "$target/linkage" match --register "$work/register.csv" --list "$work/list.csv" --out "$work/out.csv" --threads 1 --stats
        "$target/linkage" index --register "$work/register.csv" --out "$work/register.index"
        echo "warm, from the mapped index:"
        "$target/linkage" match --register "$work/register.index" --list "$work/list.csv" --out "$work/out.csv" --threads 1 --stats
        echo "single look-ups and changes:"
        "$target/examples/lookups" "$work/register.index" "$work/list.csv"
        echo "accuracy on this list:"
        "$target/linkage" evaluate --register "$work/register.index" --list "$work/list.csv" --truth "$work/truth.csv" --meta "$work/meta.csv"
    done
done
# The development lists, where they lie beside the checkout.
shared=../shared/linkage
if [ -d "$shared" ]; then
    for list in "" _hard _small; do
        echo "== development list$list"
        "$target/linkage" evaluate --register "$shared/register.csv" --list "$shared/list$list.csv" --truth "$shared/truth$list.csv" --meta "$shared/list${list}_meta.csv"
    done
    echo "== FEBRL 3" && "$target/linkage" dedupe --records "$shared/febrl3/records.csv" --truth "$shared/febrl3/truth.csv"
    echo "== historical half" && "$target/linkage" dedupe --records "$shared/historical/records.csv" --cluster cluster
fi
