// Registry: which handler serves which operation. Filled once at start, read-only afterwards.
//
//   registry.Read("iam", "GetUser", GetUser);      // the function's types fix the request and response
//   registry.Write("iam", "CreateUser", CreateUser);
//   registry.PreparedWrite("iam", "ChangePassword", HashPassword, ChangePassword, Pool::kPasswords);
//
// A prepared write has a slow first half (a password hash, a question to another server) that must not hold
// the account's write lock: it runs before the write, on the state the caller was authorised in, and what it
// gives is handed to the write, which checks again whatever another write may have changed in between.
//   registry.ReadWithTokenCode("sts", "AssumeRole", AssumeRole);  // runs after the second factor was checked
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/any_struct.h"
#include "api/api_error.h"
#include "base/result.h"
#include "pipeline/operation_context.h"

namespace wardkeep::pipeline {

// SerialNumber and TokenCode of a request, as far as they are there.
struct TokenCodeArguments {
  std::optional<std::string> serial_number;
  std::optional<std::string> token_code;
  bool given() const { return serial_number || token_code; }
};

using HandlerResult = base::Result<void, api::ApiError>;

// Where an operation runs: on the network thread or, marked `heavy` in the table, with the other heavy ones;
// or on the pool of those that hash passwords, which take tens of milliseconds and much memory each.
enum class Pool : uint8_t { kByTable, kPasswords };

// A handler with its types erased. The request is of the operation's input struct, the response of its output
// struct.
struct Handler {
  bool writes = false;
  Pool pool = Pool::kByTable;
  // Of operations that take a second factor: its arguments in the request.
  std::function<TokenCodeArguments(const api::AnyStruct& request)> token_code;
  std::function<HandlerResult(const ReadContext&, const api::AnyStruct& request, api::AnyStruct& response)>
      read;
  // The slow first half of a write; null for most. Its value is the `prepared` of the write.
  std::function<base::Result<std::any, api::ApiError>(const ReadContext&, const api::AnyStruct& request)>
      prepare;
  std::function<HandlerResult(WriteContext&, const api::AnyStruct& request, const std::any& prepared,
                              api::AnyStruct& response)>
      write;
  // The account to change when that is not the caller's; null for most.
  std::function<std::optional<base::AccountId>(const api::AnyStruct& request)> home;
};

class Registry {
 public:
  template <typename Request, typename Response>
  void Read(std::string_view service, std::string_view operation,
            base::Result<Response, api::ApiError> (*handle)(const ReadContext&, const Request&)) {
    Add(service, operation, MakeRead(handle));
  }

  // A read whose request may carry SerialNumber and TokenCode. When it does, the code is verified and used
  // before the request is authorised, and the answer waits until that is durable; see CallerIdentity::mfa_at.
  template <typename Request, typename Response>
  void ReadWithTokenCode(std::string_view service, std::string_view operation,
                         base::Result<Response, api::ApiError> (*handle)(const ReadContext&,
                                                                         const Request&)) {
    Handler handler = MakeRead(handle);
    handler.token_code = [](const api::AnyStruct& request) {
      const auto& typed = request.As<Request>();
      return TokenCodeArguments{typed.serial_number, typed.token_code};
    };
    Add(service, operation, std::move(handler));
  }

  template <typename Request, typename Response>
  void Write(std::string_view service, std::string_view operation,
             base::Result<Response, api::ApiError> (*handle)(WriteContext&, const Request&)) {
    Handler handler;
    handler.writes = true;
    handler.write = [handle](WriteContext& context, const api::AnyStruct& request, const std::any&,
                             api::AnyStruct& response) {
      return Keep(handle(context, request.As<Request>()), response);
    };
    Add(service, operation, std::move(handler));
  }

  template <typename Request, typename Prepared, typename Response>
  void PreparedWrite(std::string_view service, std::string_view operation,
                     base::Result<Prepared, api::ApiError> (*prepare)(const ReadContext&, const Request&),
                     base::Result<Response, api::ApiError> (*handle)(WriteContext&, const Request&,
                                                                     const Prepared&),
                     Pool pool = Pool::kByTable) {
    Handler handler;
    handler.writes = true;
    handler.pool = pool;
    handler.prepare = [prepare](const ReadContext& context,
                                const api::AnyStruct& request) -> base::Result<std::any, api::ApiError> {
      auto prepared = prepare(context, request.As<Request>());
      if (!prepared) return base::Unexpected(std::move(prepared).error());
      return std::any(std::move(prepared).value());
    };
    handler.write = [handle](WriteContext& context, const api::AnyStruct& request, const std::any& prepared,
                             api::AnyStruct& response) {
      return Keep(handle(context, request.As<Request>(), std::any_cast<const Prepared&>(prepared)), response);
    };
    Add(service, operation, std::move(handler));
  }

  // A prepared write into the account that `home` names, the caller's own for nullopt. In another account the
  // caller has been authorised by the published state of its own; `prepare` has made sure that the account
  // exists.
  template <typename Request, typename Prepared, typename Response>
  void PreparedWriteIn(std::string_view service, std::string_view operation,
                       std::optional<base::AccountId> (*home)(const Request&),
                       base::Result<Prepared, api::ApiError> (*prepare)(const ReadContext&, const Request&),
                       base::Result<Response, api::ApiError> (*handle)(WriteContext&, const Request&,
                                                                       const Prepared&)) {
    PreparedWrite(service, operation, prepare, handle);
    SetHome(service, operation,
            [home](const api::AnyStruct& request) { return home(request.As<Request>()); });
  }

  // Null for an operation without a handler.
  const Handler* Find(std::string_view service, std::string_view operation) const;
  // "iam:CreateUser", sorted.
  std::vector<std::string> Names() const;

 private:
  template <typename Request, typename Response>
  static Handler MakeRead(base::Result<Response, api::ApiError> (*handle)(const ReadContext&,
                                                                          const Request&)) {
    Handler handler;
    handler.read = [handle](const ReadContext& context, const api::AnyStruct& request,
                            api::AnyStruct& response) {
      return Keep(handle(context, request.As<Request>()), response);
    };
    return handler;
  }
  template <typename Response>
  static HandlerResult Keep(base::Result<Response, api::ApiError> result, api::AnyStruct& response) {
    if (!result.has_value()) return base::Unexpected(std::move(result).error());
    response = api::AnyStruct::Own(std::move(result).value());
    return {};
  }
  void Add(std::string_view service, std::string_view operation, Handler handler);
  void SetHome(std::string_view service, std::string_view operation,
               std::function<std::optional<base::AccountId>(const api::AnyStruct&)> home);

  std::map<std::string, Handler, std::less<>> handlers_;  // by "iam:CreateUser"
};

}  // namespace wardkeep::pipeline
