// Cedar compiled to WebAssembly, policies parsed before: bench/peers/run.py says what is read and printed.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const {createRequire} = require("node:module");

// The package is installed beside the build, not beside this file.
const cedar = createRequire(path.resolve(process.argv[2], "package.json"))("@cedar-policy/cedar-wasm/nodejs");

function call(line, groups, policies) {
  const [name, action, bucket, key] = line.split("\t");
  const object = `${bucket}/${key}`;
  const folders = [...object.matchAll(/\//g)].map((match) => ({type: "Folder", id: object.slice(0, match.index)}));
  const parents = groups.get(action).map((id) => ({type: "Action", id}));
  const request = {
    principal: {type: "User", id: "ann"}, action: {type: "Action", id: action}, resource: {type: "Object", id: object},
    context: {team: "blue", tls: true}, preparsedPolicySetId: policies, validateRequest: false,
    entities: [
      {uid: {type: "Object", id: object}, attrs: {path: object}, parents: folders},
      {uid: {type: "Action", id: action}, attrs: {}, parents},
    ],
  };
  return {name, request};
}

function allowed(request) {
  const answer = cedar.statefulIsAuthorized(request);
  if (answer.type !== "success") throw new Error(JSON.stringify(answer));
  return answer.response.decision === "allow";
}

// Median of five rounds of a tenth of a second, in nanoseconds for each decision.
function measure(request) {
  const rounds = [];
  for (let round = 0; round < 5; ++round) {
    const begin = process.hrtime.bigint();
    let count = 0;
    let took = 0n;
    do {
      allowed(request);
      ++count;
      took = process.hrtime.bigint() - begin;
    } while (took < 100_000_000n);
    rounds.push(Number(took) / count);
  }
  return rounds.sort((a, b) => a - b)[2];
}

for (const folder of process.argv.slice(3)) {
  const read = (name) => fs.readFileSync(`${folder}/${name}`, "utf8").trimEnd();
  const parsed = cedar.preparsePolicySet(folder, {staticPolicies: read("policies.cedar")});
  if (parsed.type !== "success") throw new Error(JSON.stringify(parsed).slice(0, 500));
  const groups = new Map(read("cedar_groups.tsv").split("\n").map((line) => {
    const [action, list] = line.split("\t");
    return [action, (list ?? "").split(",").filter(Boolean)];
  }));
  const calls = read("asks.tsv").split("\n").map((line) => call(line, groups, folder));
  console.log(`${folder}\tdecisions\t${calls.map(({request}) => (allowed(request) ? "1" : "0")).join("")}`);
  for (const {name, request} of calls) {
    if (name !== "random") console.log(`${folder}\tns\t${name}\t${measure(request).toFixed(1)}`);
  }
}
