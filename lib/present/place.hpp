#pragma once

#include <string>

#include "present/failure_text.hpp"

namespace present {

// `file:line:column`; empty where there is no document, or the failure has no place in it.
[[nodiscard]] inline std::string place(diagnostics::Span where, const Subject& subject) {
    return subject.source == nullptr || where == diagnostics::Span{} ? ""
                                                                     : subject.source->place(where);
}

}  // namespace present
