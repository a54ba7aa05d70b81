// The stored form of login profiles, password policies and places of sign-in, inside the bodies of users and
// accounts. Pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "entity/login_profile.h"
#include "entity/password_policy.h"
#include "entity/signin_place.h"
#include "json/writer.h"
#include "snapshot/body_reader.h"

namespace wardkeep::snapshot {

void WriteLoginProfile(json::Writer& out, std::string_view name, const entity::LoginProfile& profile);
std::optional<entity::LoginProfile> ReadLoginProfile(const BodyFields& fields, std::string_view name);

void WritePasswordPolicy(json::Writer& out, std::string_view name, const entity::PasswordPolicy& policy);
std::optional<entity::PasswordPolicy> ReadPasswordPolicy(const BodyFields& fields, std::string_view name);

void WriteSigninPlaces(json::Writer& out, std::string_view name, const entity::SigninPlaces& places);
entity::SigninPlaces ReadSigninPlaces(const BodyFields& fields, std::string_view name);

}  // namespace wardkeep::snapshot
