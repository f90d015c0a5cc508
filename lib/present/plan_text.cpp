#include "present/plan_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "present/cells.hpp"
#include "present/powers_text.hpp"
#include "present/words.hpp"

namespace present {
namespace {

struct ChangeMark {
    char sign;
    Ink ink;
};

ChangeMark mark(plan::Change::Kind kind) {
    switch (kind) {
        case plan::Change::Kind::create: return {'+', Ink::green};
        case plan::Change::Kind::replace: return {'~', Ink::yellow};
        case plan::Change::Kind::start: return {'>', Ink::green};
        case plan::Change::Kind::remove: return {'-', Ink::red};
    }
    return {' ', Ink::green};
}

// "1 to replace, 1 to create, 2 unchanged"
std::string summary(const plan::Plan& plan) {
    std::string text;
    const auto add = [&](auto n, std::string_view what) {
        if (n > 0) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, what);
        }
    };
    for (const auto& [kind, what] : {std::pair{plan::Change::Kind::replace, "to replace"},
                                     {plan::Change::Kind::create, "to create"},
                                     {plan::Change::Kind::start, "to start"},
                                     {plan::Change::Kind::remove, "to remove"}}) {
        add(std::count_if(
                plan.changes.begin(), plan.changes.end(),
                [kind = kind](const plan::Change& change) { return change.kind == kind; }),
            what);
    }
    if (text.empty()) {
        text = plan.changes_nothing() ? "nothing to do"
                                      : "only its record and network to bring up to date";
    }
    add(plan.unchanged, "unchanged");
    return text;
}

std::string changes(const plan::Plan& plan, Style style) {
    std::size_t name_width = 0;
    std::size_t word_width = 0;
    for (const plan::Change& change : plan.changes) {
        name_width = std::max(name_width, plan::to_string(change.instance).size());
        word_width = std::max(word_width, word(change.kind).size());
    }
    std::string text;
    for (const plan::Change& change : plan.changes) {
        const auto [sign, ink] = mark(change.kind);
        std::string line =
            fmt::format("  {} {:<{}}  {:<{}}  {}", paint(std::string(1, sign), ink, style),
                        plan::to_string(change.instance), name_width, word(change.kind), word_width,
                        printable(change.reason));
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

}  // namespace

std::string to_text(const PlanView& view, Style style) {
    std::string text = fmt::format("{}: {}\n", view.id, summary(view.plan));
    if (!view.plan.changes.empty()) {
        text += "\n" + changes(view.plan, style);
    }
    if (!view.images_to_pull.empty()) {
        text +=
            fmt::format("\n{} to pull:\n", view.images_to_pull.size() == 1 ? "image" : "images");
        for (const std::string& image : view.images_to_pull) {
            text += fmt::format("  {}\n", printable(image));
        }
    }
    if (const std::string powers = powers_line(view.powers); !powers.empty()) {
        text += "\n" + printable(powers) + "\n";
    }
    return text;
}

}  // namespace present
