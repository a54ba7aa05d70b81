// Result<T, E>: a value or an error, with the member names of std::expected (gcc 12 has none in C++20).
//
//   Result<Account> LoadAccount(AccountId id);
//   WK_ASSIGN(Account account, LoadAccount(id));   // returns the error to the caller
//   WK_TRY(store.Commit(batch));                   // same, for results without a value to keep
//
// Thread-safety: as T and E. Reading the wrong alternative aborts.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "base/assert.h"
#include "base/error.h"

namespace wardkeep::base {

// Marks a value as the error alternative: `return Unexpected(Error{...})`. Needed only when T and E are
// alike.
template <typename E>
struct Unexpected {
  E value;
  explicit Unexpected(E e) : value(std::move(e)) {}
};

template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  template <typename U>
    requires(std::is_convertible_v<U &&, E> && !std::is_convertible_v<U &&, T>)
  Result(U&& error) : state_(std::in_place_index<1>, std::forward<U>(error)) {}  // NOLINT
  template <typename U>
  Result(Unexpected<U> error) : state_(std::in_place_index<1>, std::move(error.value)) {}  // NOLINT

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return Checked(), std::get<0>(state_); }
  const T& value() const& { return Checked(), std::get<0>(state_); }
  T&& value() && { return Checked(), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  E& error() & { return CheckedError(), std::get<1>(state_); }
  const E& error() const& { return CheckedError(), std::get<1>(state_); }
  E&& error() && { return CheckedError(), std::get<1>(std::move(state_)); }

 private:
  void Checked() const { WK_ASSERT(has_value()); }
  void CheckedError() const { WK_ASSERT(!has_value()); }
  std::variant<T, E> state_;
};

template <typename E>
class [[nodiscard]] Result<void, E> {
 public:
  Result() = default;
  template <typename U>
    requires std::is_convertible_v<U&&, E>
  Result(U&& error) : error_(std::in_place_index<1>, std::forward<U>(error)) {}  // NOLINT
  template <typename U>
  Result(Unexpected<U> error) : error_(std::in_place_index<1>, std::move(error.value)) {}  // NOLINT

  bool has_value() const { return error_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  void value() const { WK_ASSERT(has_value()); }
  E& error() & { return WK_ASSERT(!has_value()), std::get<1>(error_); }
  const E& error() const& { return WK_ASSERT(!has_value()), std::get<1>(error_); }
  E&& error() && { return WK_ASSERT(!has_value()), std::get<1>(std::move(error_)); }

 private:
  std::variant<std::monostate, E> error_;
};

}  // namespace wardkeep::base

#define WK_CONCAT_INNER_(a, b) a##b
#define WK_CONCAT_(a, b) WK_CONCAT_INNER_(a, b)

// Evaluates a Result expression; on error returns the error from the enclosing function.
#define WK_TRY(expr)                                                          \
  do {                                                                        \
    if (auto wk_try_result_ = (expr); !wk_try_result_.has_value())            \
      return ::wardkeep::base::Unexpected(std::move(wk_try_result_).error()); \
  } while (false)

// Declares or assigns `lhs` from a Result expression; on error returns the error from the enclosing function.
#define WK_ASSIGN(lhs, expr) WK_ASSIGN_INNER_(WK_CONCAT_(wk_assign_result_, __LINE__), lhs, expr)
#define WK_ASSIGN_INNER_(tmp, lhs, expr)                                             \
  auto tmp = (expr);                                                                 \
  if (!tmp.has_value()) return ::wardkeep::base::Unexpected(std::move(tmp).error()); \
  lhs = std::move(tmp).value()
