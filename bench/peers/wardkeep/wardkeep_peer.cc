// Wardkeep through its C interface: bench/peers/run.py says what is read and printed.
#include <wardkeep/wardkeep.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Ask {
  std::string name;
  wk_request* request = nullptr;
};

wk_string View(const std::string& text) {
  return {text.data(), text.size()};
}

[[noreturn]] void Fail(const std::string& what, wk_text* error) {
  std::fprintf(stderr, "%s: %s\n", what.c_str(), wk_text_data(error));
  std::exit(1);
}

std::string Read(const std::string& name) {
  std::ifstream in(name);
  return {std::istreambuf_iterator<char>(in), {}};
}

wk_request* MakeRequest(const std::string& action, const std::string& resource) {
  const std::string arn = "arn:aws:iam::111122223333:user/ann";
  const std::string names[] = {"aws:PrincipalTag/team", "aws:SecureTransport", "aws:SourceIp",
                               "aws:CurrentTime"};
  const std::string texts[] = {"blue", "true", "203.0.113.9", "2026-01-01T00:00:00Z"};
  wk_string values[4];
  wk_context_key keys[4];
  for (int i = 0; i < 4; ++i) {
    values[i] = View(texts[i]);
    keys[i] = {View(names[i]), &values[i], 1, 0};
  }
  wk_request_fields fields = {};
  fields.size = sizeof(fields);
  fields.principal.arn = View(arn);
  fields.action = View(action);
  fields.resource = View(resource);
  fields.context = keys;
  fields.context_count = 4;
  wk_request* request = nullptr;
  wk_text* error = nullptr;
  if (wk_request_create(&fields, &request, &error) != WK_OK) Fail(resource, error);
  return request;
}

std::vector<Ask> ReadAsks(const std::string& name) {
  std::vector<Ask> asks;
  std::ifstream in(name);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string ask, action, bucket, key;
    std::getline(words, ask, '\t');
    std::getline(words, action, '\t');
    std::getline(words, bucket, '\t');
    std::getline(words, key, '\t');
    asks.push_back({ask, MakeRequest(action, "arn:aws:s3:::" + bucket + "/" + key)});
  }
  return asks;
}

bool Allowed(const wk_policies* policies, const wk_request* request) {
  wk_decision decision;
  if (wk_evaluate(policies, request, &decision) != WK_OK) Fail("wk_evaluate", nullptr);
  return decision.verdict == WK_ALLOWED;
}

// Median of five rounds of a tenth of a second, in nanoseconds for each decision.
double Time(const wk_policies* policies, const wk_request* request) {
  double rounds[5];
  for (double& round : rounds) {
    const Clock::time_point begin = Clock::now();
    long count = 0;
    bool sink = false;
    std::chrono::duration<double> took{};
    while (took.count() < 0.1) {
      for (int i = 0; i < 1000; ++i) sink ^= Allowed(policies, request);
      count += 1000;
      took = Clock::now() - begin;
    }
    if (sink) std::fprintf(stderr, " ");
    round = took.count() * 1e9 / static_cast<double>(count);
  }
  std::sort(std::begin(rounds), std::end(rounds));
  return rounds[2];
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string folder = argv[i];
    const std::string json = Read(folder + "/policies.json");
    wk_policies* policies = nullptr;
    wk_text* error = nullptr;
    if (wk_policies_compile(json.data(), json.size(), 0, &policies, &error) != WK_OK) Fail(folder, error);
    const std::vector<Ask> asks = ReadAsks(folder + "/asks.tsv");
    std::printf("%s\tdecisions\t", folder.c_str());
    for (const Ask& ask : asks) std::putchar(Allowed(policies, ask.request) ? '1' : '0');
    std::putchar('\n');
    for (const Ask& ask : asks) {
      if (ask.name == "random") continue;
      std::printf("%s\tns\t%s\t%.1f\n", folder.c_str(), ask.name.c_str(), Time(policies, ask.request));
    }
    std::fflush(stdout);
    for (const Ask& ask : asks) wk_request_free(ask.request);
    wk_policies_free(policies);
  }
  return 0;
}
