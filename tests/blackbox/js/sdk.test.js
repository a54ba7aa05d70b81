// AWS SDK for JavaScript v3: another signer, another XML reader and another error mapping than botocore's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  AttachUserPolicyCommand, CreateAccessKeyCommand, CreatePolicyCommand, CreateRoleCommand, CreateUserCommand, GetRoleCommand,
  GetUserCommand, IAMClient, ListUserTagsCommand, TagUserCommand, paginateListPolicies, paginateListUsers, waitUntilUserExists,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { accountId, adminKey, startServer } from "./wardkeep_server.js";

let server;
let iam;
let sts;

const clients = (credentials) => {
  const settings = { endpoint: server.endpoint, region: "eu-west-3", credentials, maxAttempts: 1 };
  return { iam: new IAMClient(settings), sts: new STSClient(settings) };
};
const policy = (action, effect = "Allow") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: effect, Action: action, Resource: "*" }] });

before(async () => {
  server = await startServer();
  ({ iam, sts } = clients(adminKey));
});
after(() => server?.stop());

// The signer of this SDK agrees with ours.
test("GetCallerIdentity answers", async () => {
  const identity = await sts.send(new GetCallerIdentityCommand({}));
  assert.equal(identity.Account, accountId);
  assert.match(identity.Arn, new RegExp(`^arn:aws:iam::${accountId}:user/`));
  assert.ok(identity.$metadata.requestId);
});

// Dates, booleans, lists and missing members arrive as this SDK's types.
test("a user comes back typed", async () => {
  const made = await iam.send(new CreateUserCommand({ UserName: "js-user", Path: "/js/", Tags: [{ Key: "a", Value: "b + c/d=@" }] }));
  assert.ok(made.User.CreateDate instanceof Date);
  const got = await iam.send(new GetUserCommand({ UserName: "js-user" }));
  assert.equal(got.User.Arn, `arn:aws:iam::${accountId}:user/js/js-user`);
  assert.deepEqual(got.User.Tags, [{ Key: "a", Value: "b + c/d=@" }]);
  assert.equal(got.User.PasswordLastUsed, undefined);
});

// Errors become the classes of the model, by code.
test("errors are classes", async () => {
  await assert.rejects(iam.send(new GetUserCommand({ UserName: "nobody" })), (error) => {
    assert.equal(error.name, "NoSuchEntityException");
    assert.equal(error.$metadata.httpStatusCode, 404);
    assert.equal(error.message, "The user with name nobody cannot be found.");
    return true;
  });
  await assert.rejects(iam.send(new CreateUserCommand({ UserName: "js-user" })), { name: "EntityAlreadyExistsException" });
  await assert.rejects(iam.send(new CreatePolicyCommand({ PolicyName: "bad", PolicyDocument: "{" })),
    { name: "MalformedPolicyDocumentException", message: "Syntax errors in policy." });
});

// This SDK leaves documents percent-encoded: decoding gives the text that was sent.
test("documents are percent-encoded", async () => {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }] });
  await iam.send(new CreateRoleCommand({ RoleName: "js-role", AssumeRolePolicyDocument: document }));
  const got = await iam.send(new GetRoleCommand({ RoleName: "js-role" }));
  assert.equal(decodeURIComponent(got.Role.AssumeRolePolicyDocument), document);
});

// Paginators and waiters of the SDK.
test("paginators walk", async () => {
  const names = [];
  for await (const page of paginateListPolicies({ client: iam, pageSize: 700 }, { Scope: "AWS" })) {
    names.push(...page.Policies.map((p) => p.PolicyName));
  }
  assert.equal(new Set(names).size, 1594);
  let users = 0;
  for await (const page of paginateListUsers({ client: iam, pageSize: 1 }, {})) users += page.Users.length;
  assert.ok(users >= 2);
  await waitUntilUserExists({ client: iam, maxWaitTime: 5 }, { UserName: "js-user" });
});

// Characters outside ASCII survive both directions.
test("unicode in tags", async () => {
  await iam.send(new TagUserCommand({ UserName: "js-user", Tags: [{ Key: "größe", Value: "大 きい" }] }));
  const { Tags } = await iam.send(new ListUserTagsCommand({ UserName: "js-user" }));
  assert.ok(Tags.some((tag) => tag.Key === "größe" && tag.Value === "大 きい"));
});

// A key made here works here, and is held to its policies.
test("denials carry AWS's text", async () => {
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "js-read", PolicyDocument: policy("iam:GetUser") }));
  await iam.send(new AttachUserPolicyCommand({ UserName: "js-user", PolicyArn: Policy.Arn }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "js-user" }));
  const own = clients({ accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey });
  assert.equal((await own.iam.send(new GetUserCommand({}))).User.UserName, "js-user");
  await assert.rejects(own.iam.send(new CreateUserCommand({ UserName: "never" })), (error) => {
    assert.equal(error.name, "AccessDenied");
    assert.equal(error.$metadata.httpStatusCode, 403);
    assert.match(error.message, /because no identity-based policy allows the iam:CreateUser action$/);
    return true;
  });
});

// Session credentials with a session policy.
test("AssumeRole with a session policy", async () => {
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: accountId }, Action: "sts:AssumeRole" }] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "js-session", AssumeRolePolicyDocument: trust }));
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: Role.Arn, RoleSessionName: "js", Policy: policy("*") }));
  assert.ok(Credentials.Expiration instanceof Date);
  const session = clients({ accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken });
  assert.equal((await session.sts.send(new GetCallerIdentityCommand({}))).Arn, `arn:aws:sts::${accountId}:assumed-role/js-session/js`);
  await assert.rejects(session.iam.send(new GetUserCommand({ UserName: "js-user" })), { name: "AccessDenied" });
});
