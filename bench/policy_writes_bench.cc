// W7: decisions of one account while its policies are written. One reader decides as the pipeline does (the
// published state, the caller's policies, their effective program); beside it a writer changes policies of
// other users at a share of the reader's rate. Prints the reader's p50 and p99, and the time from the
// acknowledgement of a revocation, and from its submission, to the first decision that refuses.
//
//   policy_writes_bench [READS]
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "decision_cases.h"
#include "pipeline/applicable_policies.h"
#include "snapshot/directory.h"
#include "storage/memory/memory_store.h"

namespace wardkeep {
namespace {

using Clock = std::chrono::steady_clock;

const base::AccountId kAccount("111122223333");
constexpr std::size_t kUsers = 1000;
constexpr int64_t kStatements = 20;

entity::DocumentPtr Document(int64_t first) {
  return std::make_shared<const entity::StoredDocument>(
      R"({"Version":"2012-10-17","Statement":[)" + policy::MixedStatements(first, kStatements) + "]}",
      policy::DocumentKind::kIdentity);
}

entity::DocumentPtr DenyAll() {
  return std::make_shared<const entity::StoredDocument>(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
      policy::DocumentKind::kIdentity);
}

std::string UserName(std::size_t i) {
  return "user" + std::to_string(i);
}

// Users by tens with the same policies.
entity::User MakeUser(std::size_t i) {
  entity::User user;
  user.name = UserName(i);
  user.id = "AIDA" + std::to_string(1'000'000'000'000'000 + i);
  user.inline_policies.push_back({"mixed", Document(static_cast<int64_t>(i / 10))});
  user.attached_policies = {"arn:aws:iam::aws:policy/AmazonSQSFullAccess"};
  return user;
}

class Bench {
 public:
  Bench() : store_(storage::memory::OpenStore()) {
    auto directory = snapshot::Directory::Open(*store_);
    if (!directory) std::abort();
    directory_ = std::move(directory).value();
    entity::Account account;
    account.id = kAccount;
    std::promise<bool> done;
    const auto fill = [](snapshot::AccountEdit& edit) {
      for (std::size_t i = 0; i < kUsers; ++i) edit.PutUser(MakeUser(i));
    };
    const auto created = directory_->CreateAccount(
        account, fill, [&](const base::Result<void>& result) { done.set_value(static_cast<bool>(result)); });
    if (!created || !done.get_future().get()) std::abort();
    request_ = policy::MakeMixedRequest(0);
  }

  // Whether user `i` may do what statement 0 of its policies allows.
  bool Decide(std::size_t i) {
    pipeline::CallerIdentity caller;
    caller.account = directory_->Find(kAccount);
    caller.user = caller.account->FindUser(UserName(i));
    const pipeline::ApplicablePolicies policies(caller, compiled_);
    return policies.complete() && policy::Evaluate(request_, policies.View()).allowed();
  }

  // Replaces the inline policy of a user; returns when the change is published.
  void Write(std::size_t i, entity::DocumentPtr document) {
    std::promise<bool> done;
    const auto mutate = [&](snapshot::AccountEdit& edit) {
      entity::User user = *edit.state().FindUser(UserName(i));
      user.inline_policies.front().document = std::move(document);
      edit.PutUser(std::move(user));
      return true;
    };
    directory_->Write(kAccount, mutate,
                      [&](const base::Result<void>& result) { done.set_value(static_cast<bool>(result)); });
    if (!done.get_future().get()) std::abort();
  }

  // Latencies in nanoseconds, sorted. The users that are read are the first ten; the others are written.
  std::vector<int64_t> Read(std::size_t reads, std::size_t reads_per_write) {
    std::atomic<std::size_t> done = 0;
    std::atomic<bool> stop = false;
    std::size_t writes = 0;
    std::thread writer([&] {
      while (reads_per_write > 0 && !stop) {
        if (done.load(std::memory_order_relaxed) / reads_per_write <= writes) {
          std::this_thread::yield();
          continue;
        }
        Write(10 + writes % (kUsers - 10), Document(static_cast<int64_t>(writes % 500)));
        ++writes;
      }
    });
    for (std::size_t i = 0; i < 1000; ++i) Decide(i % 10);
    std::vector<int64_t> latencies;
    latencies.reserve(reads);
    for (std::size_t i = 0; i < reads; ++i) {
      const Clock::time_point start = Clock::now();
      if (!Decide(i % 10)) std::abort();
      latencies.push_back((Clock::now() - start).count());
      done.store(i, std::memory_order_relaxed);
    }
    stop = true;
    writer.join();
    std::sort(latencies.begin(), latencies.end());
    if (reads_per_write > 0) {
      std::printf("writes per read %.4f  ", static_cast<double>(writes) / static_cast<double>(reads));
    }
    return latencies;
  }

  // A reader asks without a break while the user's policy becomes a deny of everything.
  void Revoke(std::vector<int64_t>& from_submission, std::vector<int64_t>& from_acknowledgement) {
    const std::size_t user = 5;
    std::atomic<bool> ready = false;
    std::atomic<Clock::rep> denied = 0;
    std::thread reader([&] {
      while (Decide(user)) ready = true;
      denied = Clock::now().time_since_epoch().count();
    });
    while (!ready) std::this_thread::yield();
    const Clock::rep submitted = Clock::now().time_since_epoch().count();
    Write(user, DenyAll());
    const Clock::rep acknowledged = Clock::now().time_since_epoch().count();
    if (Decide(user)) std::abort();  // the next decision after the acknowledgement
    reader.join();
    from_submission.push_back(denied - submitted);
    from_acknowledgement.push_back(std::max<Clock::rep>(0, denied - acknowledged));
    Write(user, Document(0));
  }

 private:
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<snapshot::Directory> directory_;
  pipeline::CompiledCache compiled_;
  policy::Request request_;
};

int64_t At(const std::vector<int64_t>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

void Print(const char* name, std::vector<int64_t> values) {
  std::sort(values.begin(), values.end());
  std::printf("%s p50 %lld ns, p99 %lld ns\n", name, static_cast<long long>(At(values, 0.5)),
              static_cast<long long>(At(values, 0.99)));
}

}  // namespace
}  // namespace wardkeep

int main(int argc, char** argv) {
  using namespace wardkeep;
  std::size_t reads = 300'000;
  if (argc > 1) std::from_chars(argv[1], argv[1] + std::char_traits<char>::length(argv[1]), reads);
  Bench bench;
  Print("no writes:", bench.Read(reads, 0));
  Print("1% writes:", bench.Read(reads, 100));
  Print("10% writes:", bench.Read(reads, 10));
  Print("no writes again:", bench.Read(reads, 0));
  std::vector<int64_t> from_submission;
  std::vector<int64_t> from_acknowledgement;
  for (int i = 0; i < 200; ++i) bench.Revoke(from_submission, from_acknowledgement);
  Print("from the submission of a revocation to the first refusal:", from_submission);
  Print("from its acknowledgement to the first refusal:", from_acknowledgement);
  return 0;
}
