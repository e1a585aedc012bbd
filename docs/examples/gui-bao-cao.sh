#!/bin/sh
# Check a report, keep it, take its document home. Needs curl; ADDRESS and KEY are yours.
set -eu
: "${ADDRESS:=http://127.0.0.1:8080}" "${KEY:?the key that \`flask key add\` printed}" "${DATA:=input.json}"
ask() { curl --silent --show-error --fail-with-body --header "Authorization: Bearer $KEY" "$@"; }

ask "$ADDRESS/api/v1/checks" --header 'Content-Type: application/json' --data-binary "@$DATA" --output check.json

# the same key and data again are the same report, however often this is run
place=$(ask "$ADDRESS/api/v1/reports" --header 'Content-Type: application/json' \
    --header "Idempotency-Key: $(sha256sum "$DATA" | cut -d ' ' -f 1)" \
    --data-binary "@$DATA" --output report.json --write-out '%header{location}')

ask "$ADDRESS$place/document" --output report.docx
echo "$place"
