// The unpacked rows of one service of the action catalogue (layout: tools/import_action_catalogue.py).
// Owns the text and every list; immutable once made. The bytes are part of the program, so a malformed body
// is a bug and ends the program.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/action_catalogue.h"

namespace wardkeep::catalog {

class ServiceBody {
 public:
  explicit ServiceBody(std::string bytes);
  ServiceBody(const ServiceBody&) = delete;
  ServiceBody& operator=(const ServiceBody&) = delete;

  std::span<const KeyFacts> keys() const { return keys_; }
  std::span<const ResourceTypeFacts> types() const { return types_; }
  std::span<const ActionFacts> actions() const { return actions_; }

 private:
  uint8_t Byte();
  uint16_t Number();
  std::string_view Text();
  std::span<const uint16_t> Indexes();
  std::span<const ActionResource> Resources();
  void ReadKeys();
  void ReadTypes();
  void ReadActions();

  const std::string bytes_;
  std::size_t at_ = 0;
  std::vector<KeyFacts> keys_;
  std::vector<ResourceTypeFacts> types_;
  std::vector<ActionFacts> actions_;
  std::deque<std::vector<uint16_t>> index_lists_;           // what the spans of the rows view
  std::deque<std::vector<ActionResource>> resource_lists_;  // likewise
};

}  // namespace wardkeep::catalog
