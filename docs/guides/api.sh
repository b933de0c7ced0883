# For the guides: `api KEY METHOD PATH [BODY]` asks the running stack as one of the development keys (maker, checker, finance,
# transactionSystem); `field NAME` takes one field out of a JSON answer; `totp SECRET` is the code of an authenticator (RFC 6238) for now.
# BASE names another address than the usual one.
BASE=${BASE:-http://127.0.0.1:8080}
KEYS=${LIJIAN_DATA_DIR:-$PWD/.lijian}/keys.json
api() {
  curl -sS -X "$2" "$BASE$3" -H "Authorization: Bearer $(sed -n "s/.*\"$1\": *\"\(.*\)\".*/\1/p" "$KEYS")" \
    -H 'Content-Type: application/json' ${4:+--data-binary "$4"}
  echo
}
field() { node -p "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1"; }
totp() {
  node -p 'const bits = [...process.argv[1]].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("")
    const step = Buffer.alloc(8); step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)))
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
    const hash = require("crypto").createHmac("sha1", key).update(step).digest()
    String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1e6).padStart(6, "0")' "$1"
}
