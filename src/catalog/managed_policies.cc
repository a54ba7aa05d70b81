#include "catalog/managed_policies.h"

#include <algorithm>
#include <ranges>
#include <vector>

#include "base/assert.h"
#include "catalog/data_file.h"

// Defined in managed_policies_data.S.
extern "C" const unsigned char kManagedPolicyData[];

namespace wardkeep::catalog {
namespace {

constexpr DataFile kFile(kManagedPolicyData);

// Sizes and places of the data file; tools/import_managed_policies.py documents the same layout.
constexpr std::string_view kMagic = "WKMP0001";
constexpr std::size_t kHeaderSize = 24;
constexpr std::size_t kRecordSize = 48;
constexpr std::size_t kIdSize = 21;

// Where the parts of the data file begin. Computed once; the file is part of the program, so a wrong one is a
// bug.
struct Layout {
  std::size_t policies = 0;
  std::vector<std::string> paths;
  std::size_t records = 0;
  std::size_t blocks = 0;
  std::size_t names = 0;

  Layout() {
    WK_ASSERT(kFile.TextAt(0, kMagic.size()) == kMagic);
    policies = kFile.ReadAt<uint32_t>(8);
    const std::size_t block_count = kFile.ReadAt<uint32_t>(12);
    const std::size_t path_count = kFile.ReadAt<uint32_t>(16);
    std::size_t offset = kHeaderSize;
    for (std::size_t i = 0; i < path_count; ++i) {
      const std::size_t size = kFile.ReadAt<uint8_t>(offset);
      const std::string_view text = kFile.TextAt(offset + 1, size);
      paths.push_back(text.empty() ? "/" : "/" + std::string(text) + "/");
      offset += 1 + size;
    }
    records = offset;
    blocks = records + policies * kRecordSize;
    names = blocks + block_count * DataFile::kBlockRowSize;
  }
};

const Layout& TheLayout() {
  static const Layout layout;
  return layout;
}

// One row of the index.
struct Record {
  std::string_view name;
  std::size_t document_offset;
  std::size_t document_size;
  uint32_t create_seconds;
  uint32_t update_seconds;
  std::size_t block;
  uint32_t version;
  const std::string* path;
  std::string_view id;
};

Record RecordAt(std::size_t index) {
  const Layout& layout = TheLayout();
  WK_ASSERT(index < layout.policies);
  const std::size_t at = layout.records + index * kRecordSize;
  return Record{
      .name = kFile.TextAt(layout.names + kFile.ReadAt<uint32_t>(at), kFile.ReadAt<uint8_t>(at + 25)),
      .document_offset = kFile.ReadAt<uint32_t>(at + 4),
      .document_size = kFile.ReadAt<uint32_t>(at + 8),
      .create_seconds = kFile.ReadAt<uint32_t>(at + 12),
      .update_seconds = kFile.ReadAt<uint32_t>(at + 16),
      .block = kFile.ReadAt<uint16_t>(at + 20),
      .version = kFile.ReadAt<uint16_t>(at + 22),
      .path = &layout.paths[kFile.ReadAt<uint8_t>(at + 24)],
      .id = kFile.TextAt(at + 26, kIdSize)};
}

}  // namespace

std::string ManagedPolicyEntry::Arn() const {
  return std::string(kManagedPolicyArnPrefix) + std::string(path.substr(1)) + std::string(name);
}

std::string ManagedPolicyEntry::VersionId() const {
  return "v" + std::to_string(version);
}

std::size_t ManagedPolicyCount() {
  return TheLayout().policies;
}

ManagedPolicyEntry ManagedPolicyAt(std::size_t index) {
  const Record record = RecordAt(index);
  return ManagedPolicyEntry{.name = record.name,
                            .path = *record.path,
                            .id = record.id,
                            .version = record.version,
                            .create_date = base::FromUnixSeconds(record.create_seconds),
                            .update_date = base::FromUnixSeconds(record.update_seconds),
                            .index = index};
}

bool IsManagedPolicyArn(std::string_view arn) {
  return arn.starts_with(kManagedPolicyArnPrefix);
}

std::optional<ManagedPolicyEntry> FindManagedPolicy(std::string_view arn) {
  if (!IsManagedPolicyArn(arn)) return std::nullopt;
  // "service-role/Name" keeps the slash before it, so that what precedes the name reads as a path.
  const std::string_view rest = arn.substr(kManagedPolicyArnPrefix.size() - 1);
  const std::size_t name_start = rest.rfind('/') + 1;
  const std::string_view name = rest.substr(name_start);
  const auto positions = std::views::iota(std::size_t{0}, ManagedPolicyCount());
  const auto found =
      std::ranges::lower_bound(positions, name, {}, [](std::size_t i) { return RecordAt(i).name; });
  if (found == positions.end()) return std::nullopt;
  const ManagedPolicyEntry entry = ManagedPolicyAt(*found);
  if (entry.name != name || entry.path != rest.substr(0, name_start)) return std::nullopt;
  return entry;
}

std::string ManagedPolicyDocument(const ManagedPolicyEntry& entry) {
  const Record record = RecordAt(entry.index);
  const std::string block = kFile.UnpackBlock(TheLayout().blocks + record.block * DataFile::kBlockRowSize);
  WK_ASSERT(record.document_offset + record.document_size <= block.size());
  return block.substr(record.document_offset, record.document_size);
}

}  // namespace wardkeep::catalog
