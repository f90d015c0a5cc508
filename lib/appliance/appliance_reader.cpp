#include "appliance/appliance_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "appliance/dollar_note.hpp"
#include "appliance/fields/appliance_fields.hpp"
#include "appliance/graph.hpp"
#include "appliance/host_ports.hpp"
#include "appliance/names.hpp"
#include "appliance/object_reader.hpp"

namespace appliance {
namespace {

constexpr std::size_t longest_path = 12;  // of a cycle, in a message

const Array& containers_of(const Object& document) {
    static const Array none;
    const Member* member = find_member(document, "containers");
    const Array* containers = member == nullptr ? nullptr : member->value.as<Array>();
    return containers == nullptr ? none : *containers;
}

void report(const DependencyCycle& cycle, Reading& reading) {
    std::string path;
    for (std::size_t i = 0; i < cycle.path.size(); ++i) {
        const bool is_last = i + 1 == cycle.path.size();
        if (i < longest_path || is_last) {
            path += fmt::format("{}{}", i == 0 ? "" : " -> ", reading.names.id(cycle.path[i]));
        } else if (i == longest_path) {
            path += fmt::format(" -> ({} more)", cycle.path.size() - longest_path - 1);
        }
    }
    reading.problems.error(
        fmt::format("`{}` depends on itself: {}", reading.names.id(cycle.path.front()), path),
        cycle.where, cycle.path.size() == 2 ? "remove it" : "remove one of these `dependencies`");
}

std::vector<ContainerId> ids_of(const std::vector<std::size_t>& indexes, const Reading& reading) {
    std::vector<ContainerId> ids;
    for (const std::size_t index : indexes) {
        ids.emplace_back(std::string(reading.names.id(index)));
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

// Those that it names, whichever way, but itself.
std::vector<ContainerId> reached_by(std::size_t index, const Links& links, const Reading& reading) {
    std::vector<std::size_t> named(links.references);
    for (const Dependency& dependency : links.dependencies) {
        named.push_back(dependency.on);
    }
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    named.erase(std::remove(named.begin(), named.end(), index), named.end());
    return ids_of(named, reading);
}

void put_in_order(std::vector<Draft>& containers, Reading& reading) {
    std::vector<Links> links;
    for (Draft& draft : containers) {
        links.push_back(std::move(draft.links));
    }
    const Order order = order_of(links);
    for (const DependencyCycle& cycle : order.cycles) {
        report(cycle, reading);
    }
    for (std::size_t index = 0; index < containers.size(); ++index) {
        containers[index].container.needs = ids_of(order.needs[index], reading);
        containers[index].container.reaches = reached_by(index, links[index], reading);
    }
}

// A list of volumes that could not be read, or that is under a misspelled key, declares nobody
// knows what.
void check_volumes(const Object& document, ApplianceDraft& draft, Reading& reading) {
    const Member* persistence = find_member(document, "data_persistence");
    const Object* object = persistence == nullptr ? nullptr : persistence->value.as<Object>();
    const Member* volumes = object == nullptr ? nullptr : find_member(*object, "volumes");
    const bool is_elsewhere =
        persistence == nullptr ? find_meant(document, "data_persistence", "appliance") != nullptr
                               : object != nullptr && volumes == nullptr &&
                                     find_meant(*object, "volumes", "data_persistence") != nullptr;
    if (is_elsewhere || (persistence != nullptr && object == nullptr) ||
        (volumes != nullptr && volumes->value.as<Array>() == nullptr)) {
        draft.persistence.is_complete = false;
    }
    check_mounted_volumes(draft.containers, draft.persistence, reading);
}

}  // namespace

Appliance read_appliance(const Value& document, const diagnostics::Source& source,
                         Problems& problems) {
    if (check_type(JsonType::object, document, "the document", "an appliance begins with `{`",
                   problems) == Fits::no) {
        return {};
    }
    const Object& object = *document.as<Object>();
    const Names names(containers_of(object));
    Reading reading{source, names, problems};

    ApplianceDraft draft;
    read_object(object, "appliance", appliance_fields(),
                {"the appliance", "", {document.span.begin, document.span.begin + 1}}, draft,
                reading);
    names.check_collisions(source, problems);
    check_host_ports(draft.containers, reading);
    put_in_order(draft.containers, reading);
    check_volumes(object, draft, reading);
    note_dollars(document, reading);

    Appliance result{std::move(draft.id), {}, volumes_of(std::move(draft.persistence))};
    for (Draft& each : draft.containers) {
        result.containers.push_back(std::move(each.container));
    }
    return result;
}

}  // namespace appliance
