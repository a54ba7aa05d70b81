// One decision in process, compiled once: workload W1 of the performance notes (the i-th of n statements
// allows one bucket and prefix; the request hits the last one, or none), a realistic mix, and hostile
// patterns on 8 KB keys.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "wardkeep/evaluate.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

PolicyPtr Make(const std::string& statements) {
  const ParseOutcome parsed =
      ParseDocument(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", DocumentKind::kIdentity);
  if (!parsed.document) std::abort();
  return Compile(*parsed.document);
}

std::string Number(int64_t i) {
  return std::to_string(i);
}

std::string PlainStatements(int64_t count) {
  std::string text;
  for (int64_t i = 0; i < count; ++i) {
    text += std::string(i == 0 ? "" : ",") +
            R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket)" + Number(i) +
            "/team" + Number(i) + R"(/*"})";
  }
  return text;
}

// Of ten statements: two with wildcards in actions, one with a star in the middle, one deny, four with
// conditions.
std::string MixedStatements(int64_t count) {
  std::string text;
  for (int64_t i = 0; i < count; ++i) {
    const std::string bucket = "arn:aws:s3:::bucket" + Number(i);
    const bool deny = i % 10 == 3;
    const std::string action = i % 5 == 1 ? "s3:Get*" : "s3:GetObject";
    const std::string resource = bucket + (i % 10 == 5 ? "/*/shared/*" : "/team" + Number(i) + "/*");
    const std::string condition =
        i % 5 < 2
            ? R"(,"Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"},"Bool":{"aws:SecureTransport":"true"}})"
            : "";
    text += std::string(i == 0 ? "" : ",") + R"({"Effect":")" + (deny ? "Deny" : "Allow") +
            R"(","Action":")" + action + R"(","Resource":")" + resource + "\"" + condition + "}";
  }
  return text;
}

Request MakeRequest(const std::string& resource) {
  Request request;
  request.principal.kind = PrincipalKind::kUser;
  request.principal.account_id = "111122223333";
  request.principal.arn = "arn:aws:iam::111122223333:user/ann";
  request.action = "s3:GetObject";
  request.resource = resource;
  const std::pair<std::string, std::string> tags[] = {{"team", "blue"}};
  FillPrincipalKeys(request.principal, tags, request.context);
  request.context.Set("aws:SecureTransport", "true");
  request.context.Set("aws:SourceIp", "203.0.113.9");
  request.context.Set("aws:CurrentTime", "2026-01-01T00:00:00Z");
  return request;
}

void Decide(benchmark::State& state, const PolicyPtr& policy, const Request& request, bool allowed) {
  const CompiledPolicy* policies[] = {policy.get()};
  PolicySet set;
  set.identity = policies;
  if (Evaluate(request, set).allowed() != allowed) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(Evaluate(request, set));
}

std::string LastResource(int64_t count) {
  return "arn:aws:s3:::bucket" + Number(count - 1) + "/team" + Number(count - 1) + "/report/2026/01.csv";
}

void PlainHitLast(benchmark::State& state) {
  Decide(state, Make(PlainStatements(state.range(0))), MakeRequest(LastResource(state.range(0))), true);
}
void PlainMiss(benchmark::State& state) {
  Decide(state, Make(PlainStatements(state.range(0))), MakeRequest("arn:aws:s3:::other/team/report.csv"),
         false);
}
void MixedHitLast(benchmark::State& state) {
  Decide(state, Make(MixedStatements(state.range(0))), MakeRequest(LastResource(state.range(0))), true);
}
BENCHMARK(PlainHitLast)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(PlainMiss)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(MixedHitLast)->Arg(10)->Arg(100)->Arg(1000);

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// A pattern that nearly matches a key of 8,192 times 'a'.
void Hostile(benchmark::State& state, const std::string& pattern) {
  const PolicyPtr policy =
      Make(R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::)" + pattern + "\"}");
  Decide(state, policy, MakeRequest("arn:aws:s3:::" + std::string(8192, 'a')), false);
}
BENCHMARK_CAPTURE(Hostile, many_stars, Repeat("*a", 2000) + "*b");
BENCHMARK_CAPTURE(Hostile, long_text, "*" + Repeat("a", 4000) + "b*");
BENCHMARK_CAPTURE(Hostile, text_with_questions, "*" + Repeat("a?", 2000) + "ab*");

void CompileMixed(benchmark::State& state) {
  const std::string text = MixedStatements(state.range(0));
  const ParseOutcome parsed =
      ParseDocument(R"({"Version":"2012-10-17","Statement":[)" + text + "]}", DocumentKind::kIdentity);
  if (!parsed.document) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(Compile(*parsed.document));
}
BENCHMARK(CompileMixed)->Arg(10)->Arg(100);

}  // namespace
}  // namespace wardkeep::policy
