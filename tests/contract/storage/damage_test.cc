// Databases that SQLite finds in order and whose content is not what was stored: the account is named and
// refused, the others work; what cannot be named keeps the store from opening.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "backend.h"
#include "raw_database.h"
#include "storage/sqlite/migrations.h"

namespace wardkeep::storage::sqlite {
namespace {

using base::ErrorCode;

const base::AccountId kSound("111111111111");
const base::AccountId kHurt("222222222222");

DocumentWrite PutUser(int number, const std::string& body) {
  const std::string n = std::to_string(number);
  return {DocumentKind::kUser, "AIDA" + n, "user" + n, body};
}

void Fill(Store& store) {
  for (const auto& account : {kSound, kHurt}) {
    for (int i = 0; i < 5; ++i) {
      const Batch batch{account, {PutUser(i, "body " + std::to_string(i))}};
      ASSERT_TRUE(store.Commit({&batch, 1}));
    }
  }
}

struct DamageCase {
  const char* name;
  const char* sql;
  const char* says;
};

class DamagedAccount : public testing::TestWithParam<DamageCase> {};

TEST_P(DamagedAccount, IsNamedAndRefusedWhileTheOtherWorks) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  Fill(**OpenStore(path));
  RunSql(path, GetParam().sql);
  for (int start = 0; start < 2; ++start) {
    const auto store = OpenStore(path);
    ASSERT_TRUE(store) << store.error().ToString();
    EXPECT_EQ(*(*store)->ListAccounts(), (std::vector{kSound, kHurt}));
    for (int attempt = 0; attempt < 2; ++attempt) {
      const auto loaded = (*store)->LoadAccount(kHurt);
      ASSERT_FALSE(loaded);
      EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
      EXPECT_EQ(loaded.error().message, "account `222222222222` is damaged: " + std::string(GetParam().says));
    }
    const Batch refused{kHurt, {PutUser(9, "x")}};
    const auto outcome = (*store)->Commit({&refused, 1});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::kCorrupt);
    const Batch taken{kSound, {PutUser(9, "x" + std::to_string(start))}};
    ASSERT_TRUE((*store)->Commit({&taken, 1}));
    EXPECT_EQ((*store)->LoadAccount(kSound)->size(), 6U);
  }
}

const DamageCase kCases[] = {
    {"DocumentGone", "DELETE FROM document WHERE account LIKE '2%' AND id = 'AIDA3'",
     "5 documents were stored, 4 are there"},
    {"AllDocumentsGone", "DELETE FROM document WHERE account LIKE '2%'",
     "5 documents were stored, 0 are there"},
    {"BodyChanged", "UPDATE document SET body = 'other' WHERE account LIKE '2%' AND id = 'AIDA3'",
     "user `AIDA3` is not as it was written"},
    {"NameChanged", "UPDATE document SET name_key = 'other' WHERE account LIKE '2%' AND id = 'AIDA3'",
     "user `AIDA3` is not as it was written"},
    {"RevisionChanged", "UPDATE document SET revision = 99 WHERE account LIKE '2%' AND id = 'AIDA3'",
     "user `AIDA3` is not as it was written"},
    {"TagChanged", "UPDATE document SET digest = zeroblob(32) WHERE account LIKE '2%' AND id = 'AIDA3'",
     "user `AIDA3` is not as it was written"},
    {"DocumentOfAnotherAccount",
     "INSERT INTO document SELECT '222222222222', kind, id || 'x', name_key || 'x', revision, digest, body"
     " FROM document WHERE account LIKE '1%' AND id = 'AIDA1'",
     "user `AIDA1x` is not as it was written"},
    {"HeadGone", "DELETE FROM account WHERE account LIKE '2%'", "it has documents, but its head is missing"},
    {"HeadCounts", "UPDATE account SET documents = 4 WHERE account LIKE '2%'",
     "its head is not as it was written"},
    {"HeadCountsWhatIsLeft",
     "DELETE FROM document WHERE account LIKE '2%' AND id = 'AIDA3';"
     "UPDATE account SET documents = 4 WHERE account LIKE '2%'",
     "its head is not as it was written"},
    {"HeadWithAnotherSeal",
     "UPDATE account SET seal = (SELECT seal FROM account WHERE account LIKE '1%') WHERE account LIKE '2%'",
     "its head is not as it was written"},
};
INSTANTIATE_TEST_SUITE_P(Cases, DamagedAccount, testing::ValuesIn(kCases),
                         [](const auto& instance) { return std::string(instance.param.name); });

struct RefusedCase {
  const char* name;
  const char* sql;
  const char* says;
};

class DamagedList : public testing::TestWithParam<RefusedCase> {};

TEST_P(DamagedList, KeepsTheStoreFromOpening) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  Fill(**OpenStore(path));
  RunSql(path, GetParam().sql);
  const auto store = OpenStore(path);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(store.error().message, "database `" + path + "`: " + GetParam().says);
}

const RefusedCase kRefused[] = {
    {"AccountGoneWhole",
     "DELETE FROM document WHERE account LIKE '2%'; DELETE FROM account WHERE account LIKE '2%'",
     "the list of accounts is damaged: 2 were stored, 1 are there"},
    {"EverythingGone", "DELETE FROM document; DELETE FROM account",
     "the list of accounts is damaged: 2 were stored, 0 are there"},
    {"CountOfAccounts", "UPDATE head SET accounts = 1",
     "the database is damaged: what it says about itself is not as it was written"},
    {"Revision", "UPDATE head SET revision = 3",
     "the database is damaged: what it says about itself is not as it was written"},
    {"NoHead", "DELETE FROM head",
     "the database is damaged: what it says about itself is not as it was written"},
};
INSTANTIATE_TEST_SUITE_P(Cases, DamagedList, testing::ValuesIn(kRefused),
                         [](const auto& instance) { return std::string(instance.param.name); });

// Rows that were right once, put back together: each tag and the seal are genuine, the sum over all heads is
// of a later time.
TEST(FormerRows, OfAWholeAccountKeepTheStoreFromOpening) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  Fill(**OpenStore(path));
  RunSql(path,
         "CREATE TABLE kept AS SELECT * FROM document WHERE account LIKE '2%';"
         "CREATE TABLE kept_head AS SELECT * FROM account WHERE account LIKE '2%'");
  {
    const auto store = OpenStore(path);
    const Batch batch{kHurt, {{DocumentKind::kUser, "AIDA3", "", std::nullopt}}};
    ASSERT_TRUE((*store)->Commit({&batch, 1}));
  }
  const std::string restore_document = "INSERT INTO document SELECT * FROM kept WHERE id = 'AIDA3'";
  RunSql(path, restore_document);
  {
    const auto store = OpenStore(path);
    ASSERT_TRUE(store);
    EXPECT_EQ((*store)->LoadAccount(kHurt).error().message,
              "account `222222222222` is damaged: 4 documents were stored, 5 are there");
  }
  RunSql(path, "INSERT OR REPLACE INTO account SELECT * FROM kept_head");
  const auto store = OpenStore(path);
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().message.find("it is not the one that was stored"), std::string::npos)
      << store.error().message;
}

TEST(MasterKey, OfAnotherStoreIsRefusedButForAnEmptyOne) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  const auto other = [](bool) -> base::Result<crypto::KeyBytes> {
    return crypto::KeyBytes(std::array<uint8_t, crypto::KeyBytes::kSize>{9});
  };
  ASSERT_TRUE(OpenStore(path));
  ASSERT_TRUE(OpenStore(path, other)) << "nothing is stored yet";
  Fill(**OpenStore(path));
  const auto store = OpenStore(path, other);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kInvalid);
  EXPECT_NE(store.error().message.find("--master-key-file"), std::string::npos) << store.error().message;
  EXPECT_EQ((*OpenStore(path))->LoadAccount(kHurt)->size(), 5U);
}

// A database of the first format, made by its own SQL.
void MakeFirstFormat(const std::string& path, bool damaged) {
  Fill(**OpenStore(path));
  const Migration& first = Migrations().front();
  RunSql(path,
         "DROP TABLE head; DROP TABLE account; DROP TABLE migration;"
         "ALTER TABLE document RENAME TO newer; DROP INDEX document_id; DROP INDEX document_name");
  RunSql(path, std::string(first.sql));
  const auto insert = [](const base::AccountId& account, int number, const char* body) {
    const std::string n = std::to_string(number);
    int64_t sum = 0;
    {
      uint64_t hash = 0xcbf29ce484222325U;
      const auto byte = [&](unsigned char b) { hash = (hash ^ b) * 0x100000001b3U; };
      for (const std::string& text :
           {account.value(), std::string("user"), "AIDA" + n, "user" + n, std::string(body)}) {
        for (std::size_t i = 0, size = text.size(); i < 8; ++i, size >>= 8)
          byte(static_cast<unsigned char>(size));
        for (const char c : text) byte(static_cast<unsigned char>(c));
      }
      sum = static_cast<int64_t>(hash);
    }
    return "INSERT INTO document VALUES ('" + account.value() + "', 'user', 'AIDA" + n + "', 'user" + n +
           "', 7, " + std::to_string(sum) + ", '" + body + "');";
  };
  std::string rows;
  for (int i = 0; i < 5; ++i) rows += insert(kSound, i, "first") + insert(kHurt, i, "first");
  if (damaged) rows += "UPDATE document SET body = 'x' WHERE account LIKE '2%' AND id = 'AIDA2';";
  uint64_t hash = 0xcbf29ce484222325U;
  for (const std::string_view text : {first.name, first.sql}) {
    const auto byte = [&](unsigned char b) { hash = (hash ^ b) * 0x100000001b3U; };
    for (std::size_t i = 0, size = text.size(); i < 8; ++i, size >>= 8)
      byte(static_cast<unsigned char>(size));
    for (const char c : text) byte(static_cast<unsigned char>(c));
  }
  RunSql(path, rows +
                   "UPDATE head SET revision = 7; DROP TABLE newer; PRAGMA user_version = 1;"
                   "INSERT INTO migration VALUES (1, 'documents', " +
                   std::to_string(static_cast<int64_t>(hash)) + ")");
}

TEST(OlderFormat, IsBroughtUpToDateOnce) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  MakeFirstFormat(path, false);
  const auto read_only = OpenStoreReadOnly(path, TestMasterKey);
  ASSERT_FALSE(read_only);
  EXPECT_NE(read_only.error().message.find("older format"), std::string::npos) << read_only.error().message;
  for (int start = 0; start < 2; ++start) {
    const auto store = OpenStore(path);
    ASSERT_TRUE(store) << store.error().ToString();
    EXPECT_EQ(*(*store)->HeadRevision(), 7U + static_cast<uint64_t>(start));
    for (const auto& account : {kSound, kHurt}) {
      const auto documents = (*store)->LoadAccount(account);
      ASSERT_TRUE(documents) << documents.error().message;
      ASSERT_EQ(documents->size(), 5U);
      EXPECT_EQ((*documents)[2].body, "first");
      EXPECT_EQ((*documents)[2].revision, 7U);
    }
    EXPECT_TRUE((*store)->CheckStructure()->empty());
    const Batch batch{kSound, {PutUser(0, "first")}};
    ASSERT_TRUE((*store)->Commit({&batch, 1}));
    if (start == 0) RunSql(path, "UPDATE document SET revision = 7 WHERE 0");
  }
}

TEST(OlderFormat, KeepsADamagedAccountDamaged) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  MakeFirstFormat(path, true);
  const auto store = OpenStore(path);
  ASSERT_TRUE(store) << store.error().ToString();
  EXPECT_EQ((*store)->LoadAccount(kHurt).error().message,
            "account `222222222222` is damaged: user `AIDA2` is not as it was written");
  EXPECT_EQ((*store)->LoadAccount(kSound)->size(), 5U);
}

TEST(ReadOnly, ReadsBesideTheWriterAndAloneAndChangesNothing) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  EXPECT_EQ(OpenStoreReadOnly(path, TestMasterKey).error().code, ErrorCode::kNotFound);
  {
    const auto writer = OpenStore(path);
    Fill(**writer);
    const auto reader = OpenStoreReadOnly(path, TestMasterKey);
    ASSERT_TRUE(reader) << reader.error().ToString();
    EXPECT_EQ((*reader)->LoadAccount(kHurt)->size(), 5U);
    const Batch batch{kSound, {PutUser(9, "x")}};
    EXPECT_FALSE((*reader)->Commit({&batch, 1}));
    ASSERT_TRUE((*writer)->Commit({&batch, 1}));
    EXPECT_EQ((*reader)->LoadAccount(kSound)->size(), 6U);
  }
  std::filesystem::remove(path + ".lock");
  {
    const auto reader = OpenStoreReadOnly(path, TestMasterKey);
    ASSERT_TRUE(reader) << reader.error().ToString();
    EXPECT_TRUE((*reader)->CheckStructure()->empty());
    EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
  }
  const std::filesystem::directory_iterator files(scratch.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1) << "only the database is there";
}

// Pages flipped, zeroed, swapped and copied over each other at seeded places.
class DamagedPages {
 public:
  explicit DamagedPages(const std::string& path) : path_(path) {
    const auto store = OpenStore(path);
    WK_ASSERT(store.has_value());
    std::mt19937 random(1);
    for (int round = 0; round < 4; ++round) {
      for (int a = 0; a < 8; ++a) {
        Batch batch{base::AccountId(std::to_string(100000000000 + a)), {}};
        batch.writes.push_back({DocumentKind::kAccount, batch.account.value(), "", "{}"});
        for (int i = 0; i < 12; ++i) {
          const std::string id = std::to_string(round * 100 + i);
          batch.writes.push_back(
              {DocumentKind::kUser, "AIDA" + id, "u" + id, std::string(random() % 900, 'b')});
          batch.writes.push_back({DocumentKind::kUsage, "AKIA" + id, "", "{\"a\":1}"});
        }
        if (round == 2) batch.writes.push_back({DocumentKind::kPolicy, "ANPA1", "p", std::string(9000, 'p')});
        WK_ASSERT((*store)->Commit({&batch, 1}).has_value());
      }
    }
    const auto accounts = (*store)->ListAccounts();
    for (const auto& account : *accounts) whole_[account] = *(*store)->LoadAccount(account);
  }

  void Read() {
    std::ifstream file(path_, std::ios::binary);
    good_.assign(std::istreambuf_iterator<char>(file), {});
  }
  void Damage(std::mt19937& random) {
    std::string bytes = good_;
    const std::size_t pages = bytes.size() / 4096;
    const auto page = [&] { return random() % pages * 4096; };
    const std::size_t at = page(), other = page();
    switch (random() % 5) {
      case 0:
        bytes[at + random() % 4096] ^= static_cast<char>(1U << random() % 8);
        break;
      case 1:
        bytes.replace(at, 4096, 4096, '\0');
        break;
      case 2:
        for (int i = 0; i < 4096; ++i) std::swap(bytes[at + i], bytes[other + i]);
        break;
      case 3:
        bytes.replace(at, 4096, good_.substr(other, 4096));
        break;
      default:
        bytes.replace(at + random() % 8 * 512, 512, 512, static_cast<char>(random()));
    }
    std::ofstream(path_, std::ios::binary) << bytes;
  }

  // "refused", "named", "whole", or what went unseen.
  std::string Outcome() const {
    const auto store = OpenStore(path_);
    if (!store) return store.error().message.empty() ? "refused without a word" : "refused";
    bool named = false;
    for (const auto& [account, documents] : whole_) {
      const auto loaded = (*store)->LoadAccount(account);
      if (!loaded) {
        if (loaded.error().code != ErrorCode::kCorrupt ||
            loaded.error().message.find(account.value()) == std::string::npos) {
          return "not named: " + loaded.error().ToString();
        }
        named = true;
        continue;
      }
      if (!Same(*loaded, documents)) return "account " + account.value() + " is other than it was stored";
    }
    const auto listed = (*store)->ListAccounts();
    for (const auto& [account, documents] : whole_) {
      if (std::find(listed->begin(), listed->end(), account) == listed->end())
        return "account " + account.value() + " is missing";
    }
    if (!named && !LoadsEachKind(**store)) return "a kind of documents is incomplete and nobody was named";
    return named ? "named" : "whole";
  }

 private:
  static bool Same(const std::vector<Document>& a, const std::vector<Document>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Document& x, const Document& y) {
      return x.kind == y.kind && x.id == y.id && x.name_key == y.name_key && x.revision == y.revision &&
             x.body == y.body;
    });
  }
  bool LoadsEachKind(Store& store) const {
    std::size_t expected = 0, found = 0;
    for (const auto& [account, documents] : whole_) expected += documents.size();
    for (const auto kind :
         {DocumentKind::kAccount, DocumentKind::kUser, DocumentKind::kUsage, DocumentKind::kPolicy}) {
      const auto loaded = store.LoadKind(kind);
      if (!loaded) return true;  // said aloud
      found += loaded->size();
    }
    return found == expected;
  }

  const std::string path_;
  std::string good_;
  std::map<base::AccountId, std::vector<Document>> whole_;
};

TEST(DamagedPages, AreRefusedOrNamedAtSixHundredSeededPlaces) {
  const ScratchFolder scratch;
  DamagedPages database(scratch.File("w.db"));
  database.Read();
  std::map<std::string, int> outcomes;
  for (unsigned seed = 0; seed < 600; ++seed) {
    std::mt19937 random(seed);
    database.Damage(random);
    const std::string outcome = database.Outcome();
    ++outcomes[outcome];
    ASSERT_TRUE(outcome == "refused" || outcome == "named" || outcome == "whole")
        << "seed " << seed << ": " << outcome;
  }
  EXPECT_GT(outcomes["named"], 20);
  EXPECT_GT(outcomes["refused"], 100);
  std::printf("refused %d, named %d, whole %d\n", outcomes["refused"], outcomes["named"], outcomes["whole"]);
}

}  // namespace
}  // namespace wardkeep::storage::sqlite
