#include "cli/evaluate_command.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace wardkeep::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using OwnedFile = std::unique_ptr<std::FILE, CloseFile>;

constexpr const char* kGood =
    R"({"id":1,"request":{"principal":null,"action":"a:b","resource":{"arn":"*"}},"policies":{}})";
constexpr const char* kGoodAnswer = R"({"id":1,"decision":"implicitDeny","missingLayers":["resource"]})";

struct Outcome {
  int status;
  std::string out;
};

Outcome RunOn(const std::string& input, const std::vector<std::string>& files = {}) {
  OwnedFile in(std::tmpfile());
  OwnedFile out(std::tmpfile());
  std::fwrite(input.data(), 1, input.size(), in.get());
  std::rewind(in.get());
  Outcome run{RunEvaluate(files, false, in.get(), out.get()), ""};
  std::rewind(out.get());
  for (int c = std::fgetc(out.get()); c != EOF; c = std::fgetc(out.get())) run.out += static_cast<char>(c);
  return run;
}

TEST(EvaluateCommand, AnswersEveryLineInOrder) {
  const std::string good = std::string(kGood) + "\n";
  const Outcome run = RunOn(good + "\r\n" + good + kGood);
  EXPECT_EQ(run.status, 0);
  const std::string answer = std::string(kGoodAnswer) + "\n";
  EXPECT_EQ(run.out, answer + answer + answer);
}

TEST(EvaluateCommand, GoesOnAfterABadLineAndExitsWithTwo) {
  const Outcome run = RunOn(std::string("{}\n\n") + kGood + "\nnonsense\n");
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out.find(R"({"id":null,"error":)"), 0U);
  EXPECT_NE(run.out.find(kGoodAnswer), std::string::npos);
  EXPECT_NE(run.out.find(R"("line":4})"), std::string::npos) << run.out;
}

TEST(EvaluateCommand, NothingInNothingOut) {
  const Outcome run = RunOn("");
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, "");
}

TEST(EvaluateCommand, ReportsAFileItCannotRead) {
  const Outcome run = RunOn(kGood, {"/nonexistent/wardkeep.jsonl"});
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.out, "");
}

}  // namespace
}  // namespace wardkeep::cli
