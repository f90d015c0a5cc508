#pragma once

#include "appliance/names.hpp"
#include "appliance/terms.hpp"
#include "diagnostics/source.hpp"

namespace appliance {

// What every part of reading a document needs.
struct Reading {
    const diagnostics::Source& source;
    const Names& names;
    Problems& problems;

    [[nodiscard]] std::size_t line(Span span) const { return source.line_number(span.begin); }
};

}  // namespace appliance
