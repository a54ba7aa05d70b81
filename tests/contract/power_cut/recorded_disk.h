// RecordedDisk: what a disk holds of one folder when the power fails. It is told every write, truncation,
// creation, removal and renaming, and every sync of a file or of the folder; what was not synced may be lost,
// torn or kept in another order. Thread-safe.
//
// The model is harsh: of what is not synced each sector of each write, and each change of a name, survives or
// not by itself. What it takes for granted is what SQLite's powersafe overwrite does: a write changes no byte
// beside it, and a sector of 512 bytes is written whole or not at all.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace wardkeep::power_cut {

// File names, without the folder, and contents.
using Image = std::map<std::string, std::string>;

class RecordedDisk {
 public:
  // `on_cut` is called with what is left, on the thread whose write is cut; `one_in` writes on average is.
  using OnCut = std::function<void(Image)>;
  RecordedDisk(std::string folder, uint64_t seed, unsigned one_in, OnCut on_cut);
  ~RecordedDisk();
  RecordedDisk(const RecordedDisk&) = delete;
  RecordedDisk& operator=(const RecordedDisk&) = delete;

  // The disk that records this path, or null. It must not end while files of its folder are open.
  static RecordedDisk* Of(std::string_view path);

  // What the folder held before, all of it durable.
  void Adopt(const Image& image);
  // From now on syncs do nothing: a disk that lies.
  void IgnoreSyncs() { ignore_syncs_ = true; }
  uint64_t file_syncs() const { return file_syncs_; }
  uint64_t folder_syncs() const { return folder_syncs_; }
  uint64_t writes() const { return writes_; }

  void Create(std::string_view path);
  void Write(std::string_view path, uint64_t offset, std::string_view bytes);
  void Truncate(std::string_view path, uint64_t size);
  void Remove(std::string_view path);
  void Rename(std::string_view from, std::string_view to);
  void SyncFile(std::string_view path);
  void SyncFolder();

 private:
  struct Change {
    bool truncates = false;
    uint64_t offset = 0;  // or the new size
    std::string bytes;
  };
  struct File {
    std::string durable;
    std::vector<Change> pending;
  };
  using FilePtr = std::shared_ptr<File>;
  struct NameChange {
    std::string from;  // loses its file
    std::string to;    // gets it
    FilePtr file;
  };
  enum class Loss : uint8_t { kAll, kLastTorn, kSomeChanges, kSomeSectors, kSomePages, kTail };

  std::string NameOf(std::string_view path) const;
  File& FileOf(const std::string& name);
  void MaybeCut();
  Image Cut();
  std::string ContentOf(const File& file, Loss loss);
  void Apply(const Change& change, uint64_t unit, bool all, std::string& content);

  const std::string folder_;
  const unsigned one_in_;
  const OnCut on_cut_;
  bool ignore_syncs_ = false;

  std::mutex mutex_;
  // Protected by mutex_:
  std::mt19937_64 random_;
  std::map<std::string, FilePtr> names_;
  std::map<std::string, FilePtr> durable_names_;
  std::vector<NameChange> pending_names_;
  uint64_t file_syncs_ = 0, folder_syncs_ = 0, writes_ = 0;
};

}  // namespace wardkeep::power_cut
