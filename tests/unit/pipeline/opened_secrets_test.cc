// Secrets are unsealed once, and never kept beyond the sealed bytes they came from.
#include "pipeline/opened_secrets.h"

#include <gtest/gtest.h>

#include "in_process/server.h"

namespace wardkeep::pipeline {
namespace {

using in_process::InProcessServer;

TEST(OpenedSecrets, FollowTheSealedBytesOfTheKey) {
  InProcessServer server;
  const crypto::SealingKey& sealing = server.keys->access_key_secret;
  OpenedSecrets secrets(sealing, 16);
  entity::AccessKey key;
  key.id = "AKIAQAAAAAAAAAAAAAAA";
  key.sealed_secret = sealing.Seal("first", key.id);
  EXPECT_EQ(secrets.Open(key)->Reveal(), "first");
  EXPECT_EQ(secrets.Open(key)->Reveal(), "first");

  key.sealed_secret = sealing.Seal("second", key.id);
  EXPECT_EQ(secrets.Open(key)->Reveal(), "second");

  entity::AccessKey other = key;
  other.id = "AKIAQAAAAAAAAAAAAAAB";  // the same sealed bytes under another id open nothing
  EXPECT_FALSE(secrets.Open(other).has_value());
  key.sealed_secret[key.sealed_secret.size() / 2] ^= 1;
  EXPECT_FALSE(secrets.Open(key).has_value());
}

TEST(OpenedSecrets, StayBounded) {
  InProcessServer server;
  const crypto::SealingKey& sealing = server.keys->access_key_secret;
  OpenedSecrets secrets(sealing, 16);
  for (int i = 0; i < 500; ++i) {
    entity::AccessKey key;
    key.id = "AKIAQ" + std::to_string(100000 + i);
    key.sealed_secret = sealing.Seal("secret" + std::to_string(i), key.id);
    ASSERT_EQ(secrets.Open(key)->Reveal(), "secret" + std::to_string(i));
  }
}

}  // namespace
}  // namespace wardkeep::pipeline
