// Starts the server for the tests of this folder and stops it by its process id.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

const root = fileURLToPath(new URL("../../../", import.meta.url));
export const accountId = "123456789012";
// Key ids that carry the account, as in ../wardkeep_server.py.
export const adminKey = { accessKeyId: "AKIARZPUZDIKAGPDO6NR", secretAccessKey: "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" };

export async function startServer() {
  const binary = process.env.WARDKEEP_BINARY ?? `${root}build/release/wardkeep`;
  const child = spawn(binary, ["serve", "--memory", "--listen", "127.0.0.1:0", "--account-id", accountId,
    "--bootstrap-access-key", `${adminKey.accessKeyId}:${adminKey.secretAccessKey}`], { stdio: ["ignore", "pipe", "ignore"] });
  process.on("exit", () => child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout });
  const endpoint = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the server did not become ready")), 15000);
    lines.on("line", (line) => {
      const ready = /^ready (http:\/\/\S+) account \d{12}$/.exec(line);
      if (ready) {
        clearTimeout(timer);
        resolve(ready[1]);
      }
    });
    child.on("exit", (code) => reject(new Error(`the server ended with status ${code}`)));
    child.on("error", reject);
  });
  return { endpoint, stop: () => new Promise((done) => { child.removeAllListeners("exit"); child.once("exit", done); child.kill("SIGTERM"); }) };
}
