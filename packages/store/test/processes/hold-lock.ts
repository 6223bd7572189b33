// Keeps the file at the given path locked for writing until stdin ends, as a database browser may.
import Client from 'better-sqlite3';

const client = new Client(process.argv[2] ?? '');
client.exec('begin immediate');
console.log('locked');
for await (const _ of process.stdin);
client.exec('rollback');
client.close();
