#include "appliance/read.hpp"

#include <utility>

#include "appliance/appliance_reader.hpp"
#include "appliance/json_reader.hpp"
#include "appliance/problems.hpp"

namespace appliance {

ReadResult read(const diagnostics::Source& source) {
    Problems problems;
    std::optional<Appliance> appliance;
    if (const auto document = read_json(source, problems)) {
        appliance = read_appliance(*document, source, problems);
    }
    if (problems.has_errors()) {
        appliance.reset();
    }
    return {std::move(appliance), std::move(problems).in_document_order()};
}

}  // namespace appliance
