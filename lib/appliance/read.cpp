#include "appliance/read.hpp"

#include <utility>

#include "appliance/appliance_reader.hpp"
#include "appliance/foreign_document.hpp"
#include "appliance/terms.hpp"
#include "json/read.hpp"

namespace appliance {
namespace {

constexpr json::Expected expected{.content = "an appliance has at least an `id` and `containers`",
                                  .beginning = "an appliance begins with `{`"};

Value* find(Value& value, std::string_view key) {
    auto* object = std::get_if<Object>(&value.data);
    if (object == nullptr) {
        return nullptr;
    }
    for (Member& member : *object) {
        if (member.key == key) {
            return &member.value;
        }
    }
    return nullptr;
}

// The number stands where the document has one, else at the container's id.
void put_instances(Value& container, const InstanceCounts& counts) {
    const Value* id = find(container, "id");
    const std::string* name = id == nullptr ? nullptr : id->as<std::string>();
    const auto count = name == nullptr ? counts.end() : counts.find(*name);
    if (count == counts.end()) {
        return;
    }
    const Number number{count->second};
    if (Value* instances = find(container, "instances")) {
        instances->data = number;
        return;
    }
    const Span where = id->span;
    std::get<Object>(container.data).push_back({"instances", where, Value{number, where}});
}

void put_instances_in_document(Value& document, const InstanceCounts& counts) {
    Value* containers = find(document, "containers");
    auto* list = containers == nullptr ? nullptr : std::get_if<Array>(&containers->data);
    if (list == nullptr || counts.empty()) {
        return;
    }
    for (Value& container : *list) {
        put_instances(container, counts);
    }
}

std::optional<Appliance> read_text(const diagnostics::Source& source, const InstanceCounts& counts,
                                   Problems& problems) {
    auto document = json::read(source, problems, expected);
    if (!document || report_foreign_document(*document, problems) == Foreign::yes) {
        return std::nullopt;
    }
    put_instances_in_document(*document, counts);
    return read_appliance(*document, source, problems);
}

}  // namespace

ReadResult read(const diagnostics::Source& source, const InstanceCounts& counts) {
    Problems problems;
    std::optional<Appliance> appliance;
    if (report_foreign_text(source, problems) == Foreign::no) {
        appliance = read_text(source, counts, problems);
    }
    if (problems.has_errors()) {
        appliance.reset();
    }
    return {std::move(appliance), std::move(problems).in_document_order()};
}

}  // namespace appliance
