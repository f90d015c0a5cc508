#pragma once

#include "diagnostics/problems.hpp"
#include "diagnostics/source.hpp"
#include "diagnostics/wording.hpp"
#include "json/value.hpp"

// The words of the layers below that every part of reading a document uses.
namespace appliance {

using diagnostics::in_backticks;
using diagnostics::Problems;
using diagnostics::Span;
using json::Array;
using json::Broken;
using json::find_member;
using json::Member;
using json::Null;
using json::Number;
using json::Object;
using json::Value;

}  // namespace appliance
