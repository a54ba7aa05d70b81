#include "differential/vocabulary.h"

#include <array>
#include <vector>

namespace wardkeep::differential {
namespace {

using policy::Principal;
using policy::PrincipalKind;
using sv = std::string_view;

constexpr sv kS3Actions[] = {"s3:GetObject", "s3:PutObject", "S3:getobject", "s3:ListAllMyBuckets"};
constexpr sv kS3Resources[] = {"arn:aws:s3:::bucket/k",        "arn:aws:s3:::bucket/home/alice/f",
                               "arn:aws:s3:::bucket",          "arn:aws:s3:::bucket/*",
                               "arn:aws:s3:::bucket/\xC3\xA9", "*"};
constexpr sv kS3ActionPatterns[] = {"*",      "s3:*", "s3:Get*", "s3:GetObject", "S3:GETOBJECT", "s3:?etO*t",
                                    "s3:*t*", "*:*",  "s3:Put*", "*:GetObject",  "s3: Get*",     "s3:List*"};
constexpr sv kS3ResourcePatterns[] = {"*",
                                      "*",
                                      "arn:aws:s3:::bucket/*",
                                      "arn:aws:s3:::bucket*",
                                      "arn:aws:s3:::*",
                                      "arn:aws:s3:::bucket/k",
                                      "arn:aws:s3:::bucket/?",
                                      "arn:aws:s3:::bucket/home/${aws:username}/*",
                                      "arn:aws:s3:::bucket/home/${aws:PrincipalTag/team, 'alice'}/*",
                                      "arn:aws:s3:::bucket/${s3:prefix}",
                                      "arn:aws:s3:::bucket/${*}",
                                      "arn:*:s3:::bucket/k*",
                                      "arn:aws:s3::*:bucket/k",
                                      "arn:aws:s3",
                                      "arn:aws:*",
                                      "arn:aws:s3:::BUCKET/*"};

constexpr sv kSqsActions[] = {"sqs:ReceiveMessage", "sqs:SendMessage", "sqs:ListQueues"};
constexpr sv kSqsResources[] = {
    "arn:aws:sqs:eu-west-1:111122223333:blue", "arn:aws:sqs:eu-west-1:444455556666:blue",
    "arn:aws:sqs:eu-west-1:111122223333:alice", "arn:aws:sqs:us-east-1:111122223333:a:b"};
constexpr sv kSqsActionPatterns[] = {
    "*", "sqs:*", "sqs:*Message", "SQS:receivemessage", "sqs:SendMessage", "sqs:List*"};
constexpr sv kSqsResourcePatterns[] = {"*",
                                       "arn:aws:sqs:*:*:*",
                                       "arn:aws:sqs:eu-west-1:111122223333:blue",
                                       "arn:aws:sqs:eu-*:*:b*",
                                       "arn:aws:sqs:*:blue",
                                       "arn:aws:sqs:*:a:b",
                                       "arn:aws:sqs",
                                       "arn:aws:sqs:*",
                                       "arn:aws:sqs:eu-west-1",
                                       "arn:aws:sqs:eu*",
                                       "arn:aws:s",
                                       "arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:blue",
                                       "arn:aws:sqs:eu-west-1:111122223333:${aws:username}",
                                       "arn:aws:sqs:eu-west-?:111122223333:${aws:PrincipalTag/team}",
                                       "arn:aws:sqs:*:111122223333:*:*:b"};

constexpr sv kIamActions[] = {
    "iam:GetUser", "iam:PassRole",  "iam:PutRolePolicy",    "iam:CreatePolicyVersion",
    "iam:GetRole", "iam:TagPolicy", "sts:GetCallerIdentity"};
constexpr sv kIamResources[] = {"arn:aws:iam::111122223333:user/alice",
                                "arn:aws:iam::111122223333:role/Deploy",
                                "arn:aws:iam::aws:policy/ReadOnlyAccess",
                                "arn:aws:iam::444455556666:role/Reader",
                                "arn:aws:iam::111122223333:role/aws-reserved/sso/Ops",
                                "arn:aws:iam::111122223333:policy/Own"};
constexpr sv kIamActionPatterns[] = {"*",     "iam:*",     "iam:Get*", "iam:P*", "iam:PassRole",
                                     "sts:*", "iam:*Role*"};
constexpr sv kIamResourcePatterns[] = {"*",
                                       "arn:aws:iam::111122223333:user/${aws:username}",
                                       "arn:aws:iam::*:user/*",
                                       "arn:aws:iam::111122223333:role/*",
                                       "arn:aws:iam::*:role/*D*",
                                       "arn:aws:iam::aws:policy/*",
                                       "arn:aws:iam::111122223333:*",
                                       "arn:aws:iam"};

constexpr sv kTrustActions[] = {"sts:AssumeRole", "sts:AssumeRole", "sts:TagSession",
                                "sts:AssumeRoleWithWebIdentity", "sts:SetSourceIdentity"};
constexpr sv kTrustResources[] = {"arn:aws:iam::111122223333:role/Deploy",
                                  "arn:aws:iam::111122223333:role/ops/Deploy",
                                  "arn:aws:iam::444455556666:role/Reader"};
constexpr sv kTrustActionPatterns[] = {"sts:AssumeRole", "sts:AssumeRole*", "sts:*", "sts:TagSession"};
constexpr sv kTrustResourcePatterns[] = {"*", "arn:aws:iam::*:role/*",
                                         "arn:aws:iam::111122223333:role/Deploy",
                                         "arn:aws:iam::111122223333:role/*Deploy"};

constexpr sv kKmsActions[] = {"kms:Decrypt", "kms:RetireGrant", "kms:CreateAlias", "kms:ListKeys"};
constexpr sv kKmsResources[] = {"arn:aws:kms:eu-west-1:111122223333:key/1234",
                                "arn:aws:kms:eu-west-1:444455556666:key/1234",
                                "arn:aws:kms:eu-west-1:111122223333:alias/blue"};
constexpr sv kKmsActionPatterns[] = {"*", "kms:*", "kms:Decrypt", "kms:*e*", "kms:Retire*"};
constexpr sv kKmsResourcePatterns[] = {
    "*", "arn:aws:kms:*:*:key/*", "arn:aws:kms:eu-west-1:111122223333:key/1234", "arn:aws:kms:*:key/1234",
    "arn:aws:kms:*:111122223333:alias/${aws:PrincipalTag/team}"};

constexpr Theme kThemes[] = {
    {kS3Actions, kS3Resources, kS3ActionPatterns, kS3ResourcePatterns},
    {kSqsActions, kSqsResources, kSqsActionPatterns, kSqsResourcePatterns},
    {kIamActions, kIamResources, kIamActionPatterns, kIamResourcePatterns},
    {kTrustActions, kTrustResources, kTrustActionPatterns, kTrustResourcePatterns},
    {kKmsActions, kKmsResources, kKmsActionPatterns, kKmsResourcePatterns},
};

constexpr sv kAwsPrincipals[] = {"111122223333",
                                 "111122223333",
                                 "arn:aws:iam::111122223333:root",
                                 "444455556666",
                                 "arn:aws:iam::444455556666:root",
                                 "*",
                                 "*",
                                 "arn:aws:iam::111122223333:user/alice",
                                 "arn:aws:iam::111122223333:user/alice",
                                 "arn:aws:iam::111122223333:user/div/alice",
                                 "arn:aws:iam::444455556666:user/bob",
                                 "AIDAEXAMPLEUSERID0001",
                                 "arn:aws:iam::111122223333:role/Deploy",
                                 "arn:aws:iam::111122223333:role/Deploy",
                                 "arn:aws:iam::111122223333:role/ops/Deploy",
                                 "AROAEXAMPLEROLEID0001",
                                 "arn:aws:sts::111122223333:assumed-role/Deploy/run-7",
                                 "arn:aws:sts::111122223333:assumed-role/Deploy/run-7",
                                 "arn:aws:sts::111122223333:assumed-role/Deploy/run-8",
                                 "arn:aws:iam::444455556666:role/Reader",
                                 "arn:aws:sts::444455556666:assumed-role/Reader/night",
                                 "arn:aws:sts::111122223333:federated-user/fay",
                                 "arn:aws:sts::111122223333:federated-user/fay",
                                 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};
constexpr sv kServicePrincipals[] = {"sns.amazonaws.com", "ec2.amazonaws.com", "SNS.amazonaws.com"};
constexpr sv kFederatedPrincipals[] = {"arn:aws:iam::111122223333:oidc-provider/id.example.com/blue",
                                       "cognito-identity.amazonaws.com"};

struct ValueWords {
  Words keys;
  Words context;
  Words policy;
};

constexpr sv kTextKeys[] = {"aws:RequestTag/team", "aws:PrincipalTag/team", "aws:TagKeys",
                            "s3:prefix",           "aws:username",          "dynamodb:Attributes"};
constexpr sv kTextContext[] = {
    "blue",         "blue",       "Blue",         "red",      "alice",           "",
    "a*c",          "blue-7",     "\xC3\xA9",     "\xC3\x89", "${aws:username}", "bl?e",
    "\xC3\x97",     "k",          "\u212A",       "\u00DF",   "\u039F\u03A3",    "\u03BF\u03C2",
    "\u03BF\u03C3", "\U00010400", "a\U00010428b", "i\u0307",  "\u03A3.\u03B1"};
constexpr sv kTextPolicy[] = {"blue",
                              "blue",
                              "Blue",
                              "BLUE",
                              "red",
                              "bl*",
                              "b?ue",
                              "*",
                              "?*",
                              "",
                              "alice",
                              "?",
                              "??",
                              "${aws:PrincipalTag/team}",
                              "${aws:PrincipalTag/TEAM, 'blue'}",
                              "${aws:username}",
                              "${AWS:UserName}",
                              "a${*}c",
                              "a*c",
                              "bl${?}e",
                              "${$}{aws:username}",
                              "${aws:username",
                              "${s3:prefix}-7",
                              "${s3:prefix}*",
                              "${aws:TagKeys}",
                              "${aws:TagKeys, 'blue'}",
                              "${}",
                              "${ aws:username}",
                              "${aws:username,'x'}",
                              "\xC3\x89",
                              "*e*",
                              "${aws:absent, ''}",
                              "\xC3\xB7",
                              "K",
                              "\u1E9E",
                              "SS",
                              "\u039F\u03A3",
                              "\u039F${aws:PrincipalTag/team}",
                              "\u03BF\u03C3",
                              "\U00010428",
                              "a??b",
                              "A\U00010400B",
                              "\u0130",
                              "a?b",
                              "\u03C3.\u0391",
                              "${dynamodb:Attributes, 'blue'}"};
constexpr sv kNumberKeys[] = {"s3:max-keys", "aws:MultiFactorAuthAge"};
constexpr sv kNumberContext[] = {"5",
                                 "5.0",
                                 "-5",
                                 "10",
                                 "005",
                                 "ten",
                                 "",
                                 "+5",
                                 "5.",
                                 ".5",
                                 "9007199254740993",
                                 "-0",
                                 "0",
                                 "5.10",
                                 "1e1",
                                 "50E-1",
                                 "0.05e+2",
                                 "1e99999999999",
                                 "NaN",
                                 "0e7",
                                 " 5 "};
constexpr sv kNumberPolicy[] = {
    "5",  "5.0",      "-5",           "10",          "5.1", "ten", "",       "+5",  "9007199254740992",
    "0",  "-0.0",     "-10",          "1e1",         "0.5", "5e0", "500e-2", "1E1", ".5",
    "5.", "Infinity", "1e2147483647", "1e2147483648"};
constexpr sv kDateKeys[] = {"aws:CurrentTime", "aws:TokenIssueTime"};
constexpr sv kDateContext[] = {"2026-03-01T12:00:00Z",
                               "2026-03-01T12:00:00Z",
                               "2026-03-01",
                               "1772366400",
                               "yesterday",
                               "",
                               "2026-03-01T13:00:00+01:00",
                               "2026-02-28T23:59:59.999999999Z",
                               "2026-03-01T12:00:00.0000000000Z",
                               "2026-03-01T12:00:00.5Z",
                               "2026",
                               "2026-03-01T12:00:00.0009Z",
                               "+1772366400",
                               "++1772366400"};
constexpr sv kDatePolicy[] = {"2026-03-01T12:00:00Z",
                              "2026-03-01T12:00:00",
                              "2026-03-01",
                              "2026-03",
                              "1772366400",
                              "2026-03-01t10:30:00-01:30",
                              "2026-02-29T12:00Z",
                              "2026-03-01T12:00:00.500Z",
                              "2026",
                              "0",
                              "-0001-01-01",
                              "292278993-12-31T23Z",
                              "9223372036854775807",
                              "+1772366400",
                              "2026-03-01T12:00:00.5009Z",
                              "yesterday",
                              ""};
constexpr sv kFlagKeys[] = {"aws:SecureTransport", "aws:MultiFactorAuthPresent"};
constexpr sv kFlagContext[] = {"true", "false", "TRUE", "yes", "", "1", " true "};
constexpr sv kFlagPolicy[] = {"true", "false", "True", "yes", "", "FALSE", "${aws:SecureTransport}"};
constexpr sv kBytesKeys[] = {"example:Digest"};
constexpr sv kBytesContext[] = {"AAECAw==", "AAECAw==", "aGk=", "aGK=", "", "AAECAw", " aGk= "};
constexpr sv kBytesPolicy[] = {"AAECAw==", "AAECAw==", "aGk=", "aGK=", "", "*"};
constexpr sv kAddressKeys[] = {"aws:SourceIp", "aws:VpcSourceIp"};
constexpr sv kAddressContext[] = {"203.0.113.9",
                                  "203.0.113.200",
                                  "2001:db8::1",
                                  "::ffff:203.0.113.9",
                                  "proxy",
                                  "",
                                  "2001:DB8:0:0::9",
                                  "010.0.0.1",
                                  "203.0.113.9/32",
                                  "203.000.113.009",
                                  "::ffff:cb00:7109",
                                  "2001:db8::5",
                                  "203.0.113.0256"};
constexpr sv kAddressPolicy[] = {"203.0.113.9",
                                 "203.0.113.9/24",
                                 "0.0.0.0/0",
                                 "::/0",
                                 "2001:db8::/32",
                                 "203.0.113.0/33",
                                 "203.0.113.9/",
                                 "intranet",
                                 "",
                                 "2001:db8::1",
                                 "::ffff:203.0.113.0/120",
                                 "203.0.113.128/25",
                                 "203.0.113.0/255.255.255.0",
                                 "203.0.113.9/032",
                                 "::ffff:203.0.113.9",
                                 "203.0.113.9/+8",
                                 "203.000.113.009/024",
                                 "::ffff:cb00:7100/120",
                                 "2001:db8:::1/128",
                                 "2001:db8::1:/128",
                                 "2001:db8::5/64",
                                 "2001:DB8::/064",
                                 "2001:db8::4/127",
                                 "10.0.0.1/00000000000000000008",
                                 "10.0.0.1/++8"};
constexpr sv kArnKeys[] = {"aws:SourceArn", "aws:PrincipalArn"};
constexpr sv kArnContext[] = {"arn:aws:sns:eu-west-1:111122223333:news",
                              "arn:aws:sns:eu-west-1:111122223333:news",
                              "arn:aws:s3:::bucket/a:b",
                              "arn:aws:iam::111122223333:user/alice",
                              "news",
                              "*",
                              "",
                              "arn:aws:sns",
                              "urn:aws:sns:eu-west-1:111122223333:news"};
constexpr sv kArnPolicy[] = {"arn:aws:sns:eu-west-1:111122223333:news",
                             "arn:aws:sns:*:*:news",
                             "arn:aws:sns:eu-*:*:n?ws",
                             "*",
                             "**",
                             "arn:aws:*:news",
                             "arn:aws:s3:::bucket/*",
                             "arn:aws:iam::*:user/${aws:username}",
                             "${aws:SourceArn}",
                             "arn:aws:iam::111122223333:*",
                             "arn:*",
                             "news",
                             "*:aws:sns:*:*:*",
                             "arn:aws:iam::*:role/ops/*",
                             "${*}",
                             "arn:aws:sns:${aws:RequestedRegion, 'eu-west-1'}:*:news"};
constexpr sv kNullValues[] = {"true", "false", "true", "false", "TRUE", "maybe", ""};

constexpr ValueWords kValueWords[] = {
    {kTextKeys, kTextContext, kTextPolicy},    {kNumberKeys, kNumberContext, kNumberPolicy},
    {kDateKeys, kDateContext, kDatePolicy},    {kFlagKeys, kFlagContext, kFlagPolicy},
    {kBytesKeys, kBytesContext, kBytesPolicy}, {kAddressKeys, kAddressContext, kAddressPolicy},
    {kArnKeys, kArnContext, kArnPolicy},
};

Principal Caller(PrincipalKind kind, sv account, sv arn, sv entity_arn, sv entity_id) {
  Principal caller;
  caller.kind = kind;
  caller.account_id = account;
  caller.arn = arn;
  caller.entity_arn = entity_arn;
  caller.entity_id = entity_id;
  return caller;
}

std::vector<Principal> MakeCallers() {
  constexpr sv kA = "111122223333", kB = "444455556666";
  constexpr sv kAlice = "arn:aws:iam::111122223333:user/alice",
               kDeploy = "arn:aws:iam::111122223333:role/Deploy";
  constexpr sv kLinked = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/Linked";
  using K = PrincipalKind;
  std::vector<Principal> callers = {
      Caller(K::kUser, kA, kAlice, "", "AIDAEXAMPLEUSERID0001"),
      Caller(K::kUser, kA, kAlice, "", ""),
      Caller(K::kUser, kA, "arn:aws:iam::111122223333:user/div/alice", "", "AIDAEXAMPLEUSERID0002"),
      Caller(K::kUser, kB, "arn:aws:iam::444455556666:user/bob", "", ""),
      Caller(K::kRoleSession, kA, "arn:aws:sts::111122223333:assumed-role/Deploy/run-7", kDeploy,
             "AROAEXAMPLEROLEID0001"),
      Caller(K::kRoleSession, kA, "arn:aws:sts::111122223333:assumed-role/Deploy/run-7",
             "arn:aws:iam::111122223333:role/ops/Deploy", ""),
      Caller(K::kRoleSession, kA, kDeploy, kDeploy, ""),
      Caller(K::kRoleSession, kB, "arn:aws:sts::444455556666:assumed-role/Reader/night",
             "arn:aws:iam::444455556666:role/Reader", ""),
      Caller(K::kFederatedUser, kA, "arn:aws:sts::111122223333:federated-user/fay", kAlice,
             "AIDAEXAMPLEUSERID0001"),
      Caller(K::kFederatedUser, kA, "arn:aws:sts::111122223333:federated-user/fay", kAlice, ""),
      Caller(K::kFederatedUser, kA, "arn:aws:sts::111122223333:federated-user/fay", "", ""),
      Caller(K::kRoot, kA, "arn:aws:iam::111122223333:root", "", ""),
      Caller(K::kRoot, kB, "arn:aws:iam::444455556666:root", "", ""),
      Caller(K::kAnonymous, "", "", "", ""),
      Caller(K::kService, "", "", "", ""),
      Caller(K::kFederated, "", "arn:aws:iam::111122223333:oidc-provider/id.example.com/blue", "", ""),
      Caller(K::kRoleSession, kA, kLinked, kLinked, ""),
  };
  callers[14].service = "sns.amazonaws.com";
  callers[16].is_service_linked_role = true;
  return callers;
}

}  // namespace

std::span<const Theme> Themes() {
  return kThemes;
}

std::span<const Principal> Callers() {
  static const std::vector<Principal> callers = MakeCallers();
  return callers;
}

Words AwsPrincipals() {
  return kAwsPrincipals;
}
Words ServicePrincipals() {
  return kServicePrincipals;
}
Words FederatedPrincipals() {
  return kFederatedPrincipals;
}
sv CanonicalUser() {
  return "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
}

Words KeysOf(ValueKind kind) {
  return kValueWords[static_cast<std::size_t>(kind)].keys;
}
Words ContextValuesOf(ValueKind kind) {
  return kValueWords[static_cast<std::size_t>(kind)].context;
}
Words PolicyValuesOf(ValueKind kind) {
  return kValueWords[static_cast<std::size_t>(kind)].policy;
}
Words NullValues() {
  return kNullValues;
}

ValueKind KindOf(policy::ConditionOperator op) {
  using Op = policy::ConditionOperator;
  if (op <= Op::kStringNotLike) return ValueKind::kText;
  if (op <= Op::kNumericGreaterThanEquals) return ValueKind::kNumber;
  if (op <= Op::kDateGreaterThanEquals) return ValueKind::kDate;
  if (op == Op::kBool) return ValueKind::kFlag;
  if (op == Op::kBinaryEquals) return ValueKind::kBytes;
  if (op <= Op::kNotIpAddress) return ValueKind::kAddress;
  if (op <= Op::kArnNotLike) return ValueKind::kArn;
  return ValueKind::kText;
}

}  // namespace wardkeep::differential
