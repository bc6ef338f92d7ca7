// What Haraka's plugin gets for addresses: SOCKET ADDRESS...; a line each, all asked at once.
'use strict'

const { P0FClient } = require('haraka-plugin-p0f')

const [path, ...addresses] = process.argv.slice(2)
const client = new P0FClient(path)
let left = addresses.length
for (const address of addresses) {
  client.query(address, (error, found) => {
    if (error) throw error
    console.log(address, JSON.stringify(found))
    if (--left === 0) process.exit(0)
  })
}
