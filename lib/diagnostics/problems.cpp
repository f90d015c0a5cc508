#include "diagnostics/problems.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace diagnostics {

namespace {

constexpr std::size_t limit = 200;

}  // namespace

void Problems::error(std::string message, Span where, std::string hint, std::optional<Span> next) {
    add({Severity::error, std::move(message), where, std::move(hint), next});
}

void Problems::error(std::string message, std::string hint) {
    add({Severity::error, std::move(message), std::nullopt, std::move(hint)});
}

void Problems::warning(std::string message, Span where, std::string hint) {
    add_remark({Severity::warning, std::move(message), where, std::move(hint)});
}

void Problems::note(std::string message, Span where, std::string hint) {
    add_remark({Severity::note, std::move(message), where, std::move(hint)});
}

void Problems::add_remark(Diagnostic remark) {
    if (found_.size() - errors_ < limit) {
        found_.push_back(std::move(remark));
    }
}

void Problems::add(Diagnostic error) {
    if (errors_ == limit) {
        dropped_ = true;
        return;
    }
    ++errors_;
    found_.push_back(std::move(error));
}

Diagnostics Problems::in_document_order() && {
    const auto place = [](const Diagnostic& each) { return each.where ? each.where->begin : 0; };
    std::stable_sort(found_.begin(), found_.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
    if (full()) {
        found_.push_back({Severity::note, fmt::format("no more than {} errors are shown", limit),
                          std::nullopt, ""});
    }
    return std::move(found_);
}

}  // namespace diagnostics
