#!/bin/sh
# Sends each event that it reads, a JSON object a line, as a mail to $MAIL_TO and to the webhook $WEBHOOK:
#
#     huginn capture eth0 --format json --events device_new | MAIL_TO=me@example.org sh alert.sh
#
# Needs jq and curl. Mails go through $SMTP (smtp://localhost by default). What cannot be sent is reported, and the next
# event is read.
set -u
[ -n "${MAIL_TO:-}${WEBHOOK:-}" ] || { echo "alert.sh: set MAIL_TO, WEBHOOK or both: no news would be sent" >&2; exit 2; }
for program in jq curl; do
    command -v "$program" >/dev/null || { echo "alert.sh: $program is missing: sudo apt-get install $program" >&2; exit 2; }
done
while IFS= read -r event; do
    subject=$(printf '%s' "$event" | jq -r '[.change, .mac, .device_ip, .device_type, .device_manufacturer, .device_model]
        | map(strings) | join(" ")')
    if [ -n "${MAIL_TO:-}" ]; then
        {
            printf 'From: %s\nTo: %s\nSubject: huginn: %s\n\n' "${MAIL_FROM:-$MAIL_TO}" "$MAIL_TO" "$subject"
            printf '%s' "$event" | jq .
        } | curl -sS -m 20 --crlf --mail-from "${MAIL_FROM:-$MAIL_TO}" --mail-rcpt "$MAIL_TO" -T - "${SMTP:-smtp://localhost}"
    fi
    if [ -n "${WEBHOOK:-}" ]; then
        printf '%s' "$event" |
            curl -sS -m 20 -o /dev/null -H 'Content-Type: application/json' --data-binary @- "$WEBHOOK"
    fi
done
