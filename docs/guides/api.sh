# For the guides: `api KEY METHOD PATH [BODY]` asks the running stack as one of the development keys (maker, checker, finance,
# transactionSystem); `field NAME` takes one field out of a JSON answer. BASE names another address than the usual one.
BASE=${BASE:-http://127.0.0.1:8080}
KEYS=${LIJIAN_DATA_DIR:-$PWD/.lijian}/keys.json
api() {
  curl -sS -X "$2" "$BASE$3" -H "Authorization: Bearer $(sed -n "s/.*\"$1\": *\"\(.*\)\".*/\1/p" "$KEYS")" \
    -H 'Content-Type: application/json' ${4:+--data-binary "$4"}
  echo
}
field() { node -p "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1"; }
