#include "corpus/protocols/vectors.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

#include "corpus/protocols/suites.h"
#include "json/parse.h"

namespace wardkeep::corpus {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

json::Value ParseFile(const std::string& path) {
  auto root = json::Parse(ReadFile(path));
  EXPECT_TRUE(root.has_value()) << path;
  return root.has_value() ? std::move(*root) : json::Value();
}

std::set<std::string> SkippedIds(std::string_view file) {
  const json::Value root = ParseFile(WARDKEEP_SKIPPED_FILE);
  std::set<std::string> ids;
  const json::Value* reasons = root.Find(file);
  if (reasons == nullptr) return ids;
  for (const json::Member& reason : reasons->members()) {
    for (const json::Value& id : reason.value.elements()) ids.insert(*id.AsString());
  }
  return ids;
}

std::vector<const api::Service*> ServicesOf(std::string_view file) {
  std::vector<const api::Service*> services;
  for (const Suite& suite : Suites()) {
    if (suite.file == file) services.push_back(suite.service);
  }
  return services;
}

}  // namespace

const json::Value& Case::At(std::string_view key) const {
  static const json::Value kNull;
  const json::Value* value = vector->Find(key);
  return value == nullptr ? kNull : *value;
}

std::string Case::Text(std::string_view key, std::string_view inner) const {
  const json::Value* value = At(key).Find(inner);
  return value == nullptr || value->AsString() == nullptr ? std::string() : *value->AsString();
}

void ForEachCase(std::string_view file, const std::function<void(const Case&)>& check) {
  const json::Value groups =
      ParseFile(std::string(std::getenv("WARDKEEP_CORPUS")) + "/protocols/" + std::string(file) + ".json");
  const std::vector<const api::Service*> services = ServicesOf(file);
  ASSERT_EQ(groups.elements().size(), services.size());
  std::set<std::string> skipped = SkippedIds(file);
  size_t checked = 0;
  for (size_t i = 0; i < services.size(); ++i) {
    for (const json::Value& vector : groups.elements()[i].Find("cases")->elements()) {
      Case one{nullptr, &vector, *vector.Find("id")->AsString()};
      if (skipped.erase(one.id) > 0) continue;
      one.operation = api::FindOperation(*services[i], one.Text("given", "name"));
      ASSERT_NE(one.operation, nullptr) << one.id;
      SCOPED_TRACE(one.id);
      check(one);
      ++checked;
    }
  }
  EXPECT_GT(checked, 0u);
  for (const std::string& id : skipped) ADD_FAILURE() << "skipped.json names an unknown case: " << id;
  ::testing::Test::RecordProperty("checked", static_cast<int>(checked));
}

}  // namespace wardkeep::corpus
