#!/usr/bin/env bash
# install.sh DEST: unpacks Elasticsearch's own distribution for integration tests at DEST, for
# ONEANSWER_ELASTICSEARCH_HOME. It comes from Maven Central through Maven as it is set up on this machine, is held
# to its checksum, and brings no Java. A second run does nothing.
set -euo pipefail

VERSION=8.19.21
SHA256=215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a
ARTIFACT=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$VERSION:zip
COPY=org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy
JAVA_AT_LEAST=17

fail() {
    echo "Elasticsearch $VERSION was not installed: $1" >&2
    exit 1
}

[ "$#" -eq 1 ] || fail "say where to, as in: install.sh .run/elasticsearch"
DEST=$1
[ -f "$DEST/lib/elasticsearch-$VERSION.jar" ] && exit 0
[ ! -e "$DEST" ] || fail "$DEST is there already and holds something else; remove it first."
for program in java mvn python3; do
    command -v "$program" >/dev/null || fail "$program is missing. On Debian: apt-get install maven python3"
done
java=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java\.specification\.version = //p')
[ "${java%%.*}" -ge "$JAVA_AT_LEAST" ] || fail "it needs Java $JAVA_AT_LEAST or newer; this is Java $java."

umask 022
mkdir -p "$(dirname "$DEST")"
WORK=$(mktemp -d "$DEST.XXXXXX")
trap 'rm -rf "$WORK"' EXIT

echo "Fetching Elasticsearch $VERSION (107 MB) …"
mvn --batch-mode --quiet --strict-checksums "$COPY" -Dartifact="$ARTIFACT" -DoutputDirectory="$WORK" \
    >"$WORK/mvn.log" 2>&1 || { tail -20 "$WORK/mvn.log" >&2; fail "Maven did not bring $ARTIFACT."; }
ZIP=$WORK/elasticsearch-$VERSION.zip
echo "$SHA256  $ZIP" | sha256sum --check --quiet >&2 || fail "what Maven brought is not what was asked for."
python3 -m zipfile -e "$ZIP" "$WORK"
chmod +x "$WORK/elasticsearch-$VERSION"/bin/*
mv -T "$WORK/elasticsearch-$VERSION" "$DEST"
