// Serves queues from memory on a free loopback port. Like the other children of the local stack it
// prints {"port": …} when it serves and ends when its stdin does.

const SERVES = /successfully listens on http:\/\/127\.0\.0\.1:(\d+)/;

process.argv.push(
  "--queueHost=127.0.0.1",
  "--queuePort=0",
  "--inMemoryPersistence",
  "--skipApiVersionCheck",
  "--disableTelemetry",
  "--silent",
);
console.log = (text) => {
  const port = SERVES.exec(text)?.[1];
  if (port !== undefined) process.stdout.write(`${JSON.stringify({ port: Number(port) })}\n`);
};
process.stdin.on("end", () => process.exit(0)).resume();
require("azurite/dist/src/queue/main.js");
