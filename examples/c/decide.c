/* Asks a few questions of a policy through the C interface. See the README beside this file's folder for the
 * build. */
#include <stdio.h>
#include <string.h>

#include <wardkeep/wardkeep.h>

static const char kPolicies[] =
    "{\"identity\": [{\"Version\": \"2012-10-17\", \"Statement\": ["
    "  {\"Sid\": \"OwnFolder\", \"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\", \"s3:PutObject\"],"
    "   \"Resource\": \"arn:aws:s3:::team/${aws:username}/*\"},"
    "  {\"Sid\": \"OfficeOnly\", \"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\","
    "   \"Condition\": {\"NotIpAddress\": {\"aws:SourceIp\": \"203.0.113.0/24\"}}}]}]}";

static wk_string Text(const char* text) {
  wk_string view = {text, strlen(text)};
  return view;
}

static int Fail(const char* what, wk_status status, wk_text* error) {
  fprintf(stderr, "%s: %s %s\n", what, wk_status_name(status), wk_text_data(error));
  wk_text_free(error);
  return 1;
}

/* Decides one resource and prints the verdict and the number of the statement that decided. */
static int Ask(const wk_policies* policies, wk_request* request, const char* resource) {
  static const char* const verdicts[] = {"implicit deny", "explicit deny", "allowed"};
  wk_decision decision;
  wk_status status = wk_request_set_resource(request, Text(resource), Text(""));
  if (status == WK_OK) status = wk_evaluate(policies, request, &decision);
  if (status != WK_OK) return Fail(resource, status, NULL);
  printf("%s: %s", resource, verdicts[decision.verdict]);
  if (decision.basis == WK_BASIS_STATEMENT) printf(" by statement %u", (unsigned)decision.statement);
  printf("\n");
  return 0;
}

int main(void) {
  wk_policies* policies = NULL;
  wk_request* request = NULL;
  wk_text* error = NULL;
  wk_status status = wk_policies_compile(kPolicies, sizeof(kPolicies) - 1, 0, &policies, &error);
  if (status != WK_OK) return Fail("policies", status, error);

  wk_string address = Text("203.0.113.9");
  wk_context_key source_ip = {Text("aws:SourceIp"), &address, 1, 0};
  wk_request_fields fields;
  memset(&fields, 0, sizeof(fields));
  fields.size = sizeof(fields);
  fields.principal.arn = Text("arn:aws:iam::111122223333:user/ann");
  fields.action = Text("s3:GetObject");
  fields.resource = Text("arn:aws:s3:::team/ann/plan.txt");
  fields.context = &source_ip;
  fields.context_count = 1;
  status = wk_request_create(&fields, &request, &error);
  if (status != WK_OK) return Fail("request", status, error);

  int failed = Ask(policies, request, "arn:aws:s3:::team/ann/plan.txt");
  failed |= Ask(policies, request, "arn:aws:s3:::team/bob/plan.txt");

  address = Text("198.51.100.7");
  status = wk_request_set_context(request, &source_ip);
  if (status != WK_OK) return Fail("context", status, NULL);
  failed |= Ask(policies, request, "arn:aws:s3:::team/ann/plan.txt");

  wk_text* answer = NULL;
  status = wk_explain(policies, request, &answer);
  if (status != WK_OK) return Fail("explain", status, NULL);
  printf("%s\n", wk_text_data(answer));
  wk_text_free(answer);
  wk_request_free(request);
  wk_policies_free(policies);
  return failed;
}
