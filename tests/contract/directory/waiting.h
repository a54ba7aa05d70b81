// Directory calls that wait for their outcome, for tests.
#pragma once

#include <future>
#include <utility>

#include "snapshot/directory.h"
#include "unit/snapshot/sample_entities.h"

namespace wardkeep::snapshot {

using Outcome = base::Result<void>;

// A write whose outcome is looked at later.
inline std::future<Outcome> WriteLater(Directory& directory, const base::AccountId& account,
                                       const Directory::Mutation& mutate) {
  auto promise = std::make_shared<std::promise<Outcome>>();
  auto future = promise->get_future();
  const bool written =
      directory.Write(account, mutate, [promise](const Outcome& outcome) { promise->set_value(outcome); });
  if (!written) promise->set_value(base::Error(base::ErrorCode::kConflict, "abandoned"));
  return future;
}

inline Outcome WriteAndWait(Directory& directory, const base::AccountId& account,
                            const Directory::Mutation& mutate) {
  return WriteLater(directory, account, mutate).get();
}

inline Directory::Mutation PutUser(std::string id, std::string name) {
  return [id = std::move(id), name = std::move(name)](AccountEdit& edit) {
    edit.PutUser(sample::User(id, name));
    return true;
  };
}

inline Outcome CreateAndWait(Directory& directory, const base::AccountId& account,
                             const std::function<void(AccountEdit&)>& fill = {}) {
  auto promise = std::make_shared<std::promise<Outcome>>();
  auto future = promise->get_future();
  auto created = directory.CreateAccount(sample::Account(account), fill,
                                         [promise](const Outcome& outcome) { promise->set_value(outcome); });
  return created ? future.get() : created;
}

inline std::unique_ptr<Directory> OpenOrDie(storage::Store& store) {
  auto directory = Directory::Open(store);
  WK_ASSERT(directory.has_value());
  return std::move(directory).value();
}

}  // namespace wardkeep::snapshot
