#include "recorded_disk.h"

#include <algorithm>
#include <utility>

namespace wardkeep::power_cut {
namespace {

std::mutex disks_mutex;
std::vector<std::pair<std::string, RecordedDisk*>> folders;  // the same

}  // namespace

RecordedDisk::RecordedDisk(std::string folder, uint64_t seed, unsigned one_in, OnCut on_cut)
    : folder_(std::move(folder) + "/"), one_in_(one_in), on_cut_(std::move(on_cut)), random_(seed) {
  const std::lock_guard lock(disks_mutex);
  folders.emplace_back(folder_, this);
}

RecordedDisk::~RecordedDisk() {
  const std::lock_guard lock(disks_mutex);
  std::erase_if(folders, [this](const auto& entry) { return entry.second == this; });
}

RecordedDisk* RecordedDisk::Of(std::string_view path) {
  const std::lock_guard lock(disks_mutex);
  for (const auto& [folder, disk] : folders) {
    const bool inside =
        path.starts_with(folder) || path == std::string_view(folder).substr(0, folder.size() - 1);
    if (inside) return disk;
  }
  return nullptr;
}

std::string RecordedDisk::NameOf(std::string_view path) const {
  return std::string(path.substr(std::min(folder_.size(), path.size())));
}

RecordedDisk::File& RecordedDisk::FileOf(const std::string& name) {
  auto& file = names_[name];
  if (file == nullptr) {
    file = std::make_shared<File>();
    pending_names_.push_back({"", name, file});
  }
  return *file;
}

void RecordedDisk::Adopt(const Image& image) {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, content] : image) {
    durable_names_[name] = names_[name] = std::make_shared<File>(File{content, {}});
  }
}

void RecordedDisk::Create(std::string_view path) {
  const std::lock_guard lock(mutex_);
  MaybeCut();
  FileOf(NameOf(path));
}

void RecordedDisk::Write(std::string_view path, uint64_t offset, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  ++writes_;
  FileOf(NameOf(path)).pending.push_back({false, offset, std::string(bytes)});
  MaybeCut();  // with the write under way
}

void RecordedDisk::Truncate(std::string_view path, uint64_t size) {
  const std::lock_guard lock(mutex_);
  FileOf(NameOf(path)).pending.push_back({true, size, {}});
  MaybeCut();
}

void RecordedDisk::Remove(std::string_view path) {
  const std::lock_guard lock(mutex_);
  if (names_.erase(NameOf(path)) == 0) return;
  pending_names_.push_back({NameOf(path), "", nullptr});
  MaybeCut();
}

void RecordedDisk::Rename(std::string_view from, std::string_view to) {
  const std::lock_guard lock(mutex_);
  MaybeCut();
  const auto found = names_.find(NameOf(from));
  if (found == names_.end()) return;
  FilePtr file = found->second;
  names_.erase(found);
  names_[NameOf(to)] = file;
  pending_names_.push_back({NameOf(from), NameOf(to), file});
  MaybeCut();
}

void RecordedDisk::SyncFile(std::string_view path) {
  const std::lock_guard lock(mutex_);
  MaybeCut();
  ++file_syncs_;
  const auto found = names_.find(NameOf(path));
  if (ignore_syncs_ || found == names_.end()) return;
  File& file = *found->second;
  for (const Change& change : file.pending) Apply(change, 512, true, file.durable);
  file.pending.clear();
  MaybeCut();
}

void RecordedDisk::SyncFolder() {
  const std::lock_guard lock(mutex_);
  MaybeCut();
  ++folder_syncs_;
  if (ignore_syncs_) return;
  durable_names_ = names_;
  pending_names_.clear();
  MaybeCut();
}

void RecordedDisk::MaybeCut() {
  if (random_() % one_in_ == 0) on_cut_(Cut());
}

// What lies between the end of the file and a write beyond it is zeroes, or what the disk held there before.
void RecordedDisk::Apply(const Change& change, uint64_t unit, bool all, std::string& content) {
  if (change.truncates) {
    if (all || random_() % 2 == 0) content.resize(change.offset, '\0');
    return;
  }
  uint64_t at = change.offset;
  const uint64_t end = change.offset + change.bytes.size();
  while (at < end) {
    const uint64_t next = std::min(end, (at / unit + 1) * unit);
    if (all || random_() % 2 == 0) {
      if (content.size() < next) {
        const std::size_t former = content.size();
        content.resize(next, '\0');
        const bool junk = !all && random_() % 2 == 0;
        for (std::size_t i = former; junk && i < at; ++i) content[i] = static_cast<char>(random_());
      }
      content.replace(at, next - at, change.bytes, at - change.offset, next - at);
    }
    at = next;
  }
}

std::string RecordedDisk::ContentOf(const File& file, Loss loss) {
  std::string content = file.durable;
  const std::size_t tail = file.pending.empty() ? 0 : random_() % (file.pending.size() + 1);
  for (std::size_t i = 0; i < file.pending.size(); ++i) {
    const bool last = i + 1 == file.pending.size();
    switch (loss) {
      case Loss::kAll:
        break;
      case Loss::kLastTorn:
        Apply(file.pending[i], 512, !last, content);
        break;
      case Loss::kSomeChanges:
        if (random_() % 2 == 0) Apply(file.pending[i], 512, true, content);
        break;
      case Loss::kSomeSectors:
        Apply(file.pending[i], 512, false, content);
        break;
      case Loss::kSomePages:
        Apply(file.pending[i], 4096, false, content);
        break;
      case Loss::kTail:
        if (i < tail) Apply(file.pending[i], 512, i + 1 < tail, content);
        break;
    }
  }
  return content;
}

Image RecordedDisk::Cut() {
  std::map<std::string, FilePtr> names = durable_names_;
  const bool in_order = random_() % 2 == 0;  // as a file system with a journal keeps them
  const std::size_t kept = random_() % (pending_names_.size() + 1);
  for (std::size_t i = 0; i < pending_names_.size(); ++i) {
    if (in_order ? i >= kept : random_() % 2 == 0) continue;
    const NameChange& change = pending_names_[i];
    if (!change.from.empty()) names.erase(change.from);
    if (!change.to.empty()) names[change.to] = change.file;
  }
  Image image;
  const Loss loss = static_cast<Loss>(random_() % 6);
  for (const auto& [name, file] : names) image[name] = ContentOf(*file, loss);
  return image;
}

}  // namespace wardkeep::power_cut
