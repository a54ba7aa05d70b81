#include "catalog/action_catalogue.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "base/ascii.h"
#include "base/assert.h"
#include "catalog/data_file.h"
#include "catalog/service_body.h"

// Defined in action_catalogue_data.S.
extern "C" const unsigned char kActionCatalogueData[];

namespace wardkeep::catalog {
namespace {

constexpr DataFile kFile(kActionCatalogueData);

// Sizes and places of the data file; tools/import_action_catalogue.py documents the same layout.
constexpr std::string_view kMagic = "WKAC0001";
constexpr std::size_t kHeaderSize = 32;
constexpr std::size_t kRecordSize = 48;
constexpr uint8_t kHasResourceControl = 1;

// Where the parts of the data file begin.
struct Layout {
  std::size_t services = kFile.ReadAt<uint32_t>(8);
  std::size_t records = kHeaderSize;
  std::size_t blocks = records + services * kRecordSize;
  std::size_t text = blocks + kFile.ReadAt<uint32_t>(12) * DataFile::kBlockRowSize;

  Layout() { WK_ASSERT(kFile.TextAt(0, kMagic.size()) == kMagic); }
};

const Layout& TheLayout() {
  static const Layout layout;
  return layout;
}

std::string_view TextAt(std::size_t offset, std::size_t size) {
  return kFile.TextAt(TheLayout().text + offset, size);
}

// Where the record of a service begins, and the prefix in it.
std::size_t RecordOf(std::size_t index) {
  WK_ASSERT(index < TheLayout().services);
  return TheLayout().records + index * kRecordSize;
}

std::string_view PrefixAt(std::size_t index) {
  const std::size_t at = RecordOf(index);
  return TextAt(kFile.ReadAt<uint32_t>(at), kFile.ReadAt<uint8_t>(at + 30));
}

}  // namespace

struct ServiceFacts::Tables {
  explicit Tables(std::string text) : body(std::move(text)) {}
  ServiceBody body;
};

std::string_view AccessLevelName(AccessLevel level) {
  constexpr std::array<std::string_view, kAccessLevelCount> kNames = {"List", "Read", "Write",
                                                                      "Permissions management", "Tagging"};
  return kNames[static_cast<std::size_t>(level)];
}

ServiceFacts::ServiceFacts(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {}
ServiceFacts::ServiceFacts(ServiceFacts&&) noexcept = default;
ServiceFacts& ServiceFacts::operator=(ServiceFacts&&) noexcept = default;
ServiceFacts::~ServiceFacts() = default;

std::span<const KeyFacts> ServiceFacts::condition_keys() const {
  return tables_->body.keys();
}

std::span<const ResourceTypeFacts> ServiceFacts::resource_types() const {
  return tables_->body.types();
}

std::span<const ActionFacts> ServiceFacts::actions() const {
  return tables_->body.actions();
}

const ActionFacts* ServiceFacts::FindAction(std::string_view name) const {
  const std::string wanted = base::AsciiLower(name);
  const auto lowered = [](const ActionFacts& action) { return base::AsciiLower(action.name); };
  const auto found = std::ranges::lower_bound(actions(), wanted, {}, lowered);
  return found != actions().end() && lowered(*found) == wanted ? &*found : nullptr;
}

std::size_t ServiceCount() {
  return TheLayout().services;
}

ServiceEntry ServiceAt(std::size_t index) {
  const std::size_t at = RecordOf(index);
  ServiceEntry entry{.prefix = PrefixAt(index),
                     .name = TextAt(kFile.ReadAt<uint32_t>(at + 4), kFile.ReadAt<uint8_t>(at + 31)),
                     .action_count = kFile.ReadAt<uint16_t>(at + 18),
                     .has_resource_control = (kFile.ReadAt<uint8_t>(at + 32) & kHasResourceControl) != 0,
                     .index = index};
  for (std::size_t level = 0; level < kAccessLevelCount; ++level) {
    entry.level_counts[level] = kFile.ReadAt<uint16_t>(at + 20 + 2 * level);
  }
  return entry;
}

std::optional<ServiceEntry> FindService(std::string_view prefix) {
  const std::string wanted = base::AsciiLower(prefix);
  const auto positions = std::views::iota(std::size_t{0}, ServiceCount());
  const auto found = std::ranges::lower_bound(positions, std::string_view(wanted), {}, PrefixAt);
  if (found == positions.end() || PrefixAt(*found) != wanted) return std::nullopt;
  return ServiceAt(*found);
}

ServiceFacts LoadService(const ServiceEntry& service) {
  const std::size_t at = RecordOf(service.index);
  const std::size_t row = TheLayout().blocks + kFile.ReadAt<uint16_t>(at + 16) * DataFile::kBlockRowSize;
  const std::string block = kFile.UnpackBlock(row);
  const std::size_t offset = kFile.ReadAt<uint32_t>(at + 8);
  const std::size_t size = kFile.ReadAt<uint32_t>(at + 12);
  WK_ASSERT(offset + size <= block.size());
  return ServiceFacts(std::make_unique<const ServiceFacts::Tables>(block.substr(offset, size)));
}

std::string_view CatalogueVersion() {
  return TextAt(kFile.ReadAt<uint32_t>(20), kFile.ReadAt<uint32_t>(24));
}

}  // namespace wardkeep::catalog
