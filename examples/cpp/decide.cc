// Asks a few questions of a policy through the C++ classes of the static library.
#include <wardkeep/evaluate.h>
#include <wardkeep/parse.h>

#include <cstdio>
#include <string>

namespace {

using namespace wardkeep;

constexpr const char* kDocument = R"({"Version": "2012-10-17", "Statement": [
  {"Sid": "OwnFolder", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
   "Resource": "arn:aws:s3:::team/${aws:username}/*"},
  {"Sid": "NoSecrets", "Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::team/*/secret.txt"}]})";

const char* Name(policy::Verdict verdict) {
  switch (verdict) {
    case policy::Verdict::kAllowed:
      return "allowed";
    case policy::Verdict::kExplicitDeny:
      return "explicit deny";
    case policy::Verdict::kImplicitDeny:
      return "implicit deny";
  }
  return "";
}

}  // namespace

int main() {
  const policy::ParseOutcome parsed = policy::ParseDocument(kDocument, policy::DocumentKind::kIdentity);
  if (parsed.error) {
    std::fprintf(stderr, "%s: %s\n", parsed.error->code.c_str(), parsed.error->message.c_str());
    return 1;
  }
  const policy::PolicyPtr compiled = policy::Compile(*parsed.document);
  const policy::CompiledPolicy* policies[] = {compiled.get()};
  const policy::PolicyIndexPtr index = policy::MakeIndex(policies);
  policy::PolicySet set;
  set.identity = index->policies();
  set.indexes.identity = index.get();

  policy::Request request;
  request.principal.kind = policy::PrincipalKind::kUser;
  request.principal.account_id = "111122223333";
  request.principal.arn = "arn:aws:iam::111122223333:user/ann";
  request.action = "s3:GetObject";
  policy::FillPrincipalKeys(request.principal, {}, request.context);
  for (const char* key : {"ann/plan.txt", "bob/plan.txt", "ann/secret.txt"}) {
    request.resource = std::string("arn:aws:s3:::team/") + key;
    const policy::Decision decision = policy::Evaluate(request, set);
    std::printf("%s: %s", request.resource.c_str(), Name(decision.verdict));
    if (decision.statement)
      std::printf(" by %s", std::string(compiled->sid(decision.statement->statement)).c_str());
    std::printf("\n");
  }
  return 0;
}
