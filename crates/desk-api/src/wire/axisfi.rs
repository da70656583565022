//! The AxisFI contract (../api/axisfi.openapi.yaml), both revisions. A leaf is text as it stands on the wire: dates are
//! not parsed here, and amounts keep their digits (DECISIONS 10, 11).

mod body;
mod error;

pub use body::{WirePlaces, create_body, create_bytes};
pub use error::{ErrorBody, ErrorContent, ErrorDetail, error_body};

use serde_json::{Number, Value};

use super::section::section;

section! {
    /// `BusinessDetails`.
    BusinessDetails {
        business_name_english: String,
        /// Typed revision only.
        business_type: String,
        website: String,
        /// Typed revision only.
        business_identifier_type: String,
        business_identifier_number: String,
        /// ISO 3166-1 alpha-2.
        business_identifier_country_code: String,
        /// File ids.
        business_identifier_document_list: Vec<String>,
        business_name: String,
        business_identifier_start_date: String,
        business_identifier_expiry_date: String,
    }
}

section! {
    /// `RegistrationAddress`.
    RegistrationAddress {
        registration_address_line1: String,
        registration_address_city: String,
        registration_address_state: String,
        registration_address_postcode: String,
        /// ISO 3166-1 alpha-2.
        registration_address_country_code: String,
    }
}

section! {
    /// `AccountUsage`.
    AccountUsage {
        /// ISO 3166-1 alpha-2.
        operating_country: String,
        goods_service_description: String,
        industry_category_code: String,
        /// Typed revision only.
        account_usage_product_reference: String,
        /// ISO 4217.
        estimated_monthly_revenue_currency: String,
        /// A JSON number with its digits as written.
        estimated_monthly_revenue_amount: Number,
    }
}

section! {
    /// `PrimaryContact`.
    PrimaryContact {
        /// E.164.
        contact_phone: String,
        contact_email: String,
    }
}

section! {
    /// `BasicInfo` of a person.
    BasicInfo {
        first_name_english: String,
        last_name_english: String,
        birth_date: String,
        /// ISO 3166-1 alpha-2.
        nationality: String,
        /// Typed revision only.
        role_type: String,
        first_name: String,
        last_name: String,
    }
}

section! {
    /// `ResidentialAddress` of a person.
    ResidentialAddress {
        residential_address_line1: String,
        residential_address_city: String,
        residential_address_postcode: String,
        /// ISO 3166-1 alpha-2.
        residential_address_country_code: String,
        residential_address_state: String,
    }
}

section! {
    /// `Identification` of a person.
    Identification {
        /// Typed revision only.
        id_type: String,
        id_number: String,
        /// ISO 3166-1 alpha-2.
        id_issuing_country_code: String,
        id_expiration_date: String,
        id_issue_date: String,
        /// A file id.
        id_document_front_file_id: String,
        /// A file id.
        id_document_back_file_id: String,
    }
}

section! {
    /// `BusinessPerson`: a legal representative.
    BusinessPerson {
        basic_info: BasicInfo,
        residential_address: ResidentialAddress,
        identification: Identification,
    }
}

section! {
    /// `CreateCustomerRequest`. The contract requires `partner_customer_id`, `business_details` and
    /// `registration_address`.
    CreateCustomerRequest {
        /// 20 to 64 characters.
        partner_customer_id: String,
        business_details: BusinessDetails,
        registration_address: RegistrationAddress,
        account_usage: AccountUsage,
        primary_contact: PrimaryContact,
        business_person_list: Vec<BusinessPerson>,
    }
}

section! {
    /// `UpdateCustomerRequest`. The contract requires `business_details` and `registration_address`; a
    /// `partner_customer_id` is not among its keys.
    UpdateCustomerRequest {
        business_details: BusinessDetails,
        registration_address: RegistrationAddress,
        account_usage: AccountUsage,
        primary_contact: PrimaryContact,
        business_person_list: Vec<BusinessPerson>,
    }
}

section! {
    /// `Customer`: the answer of every call. Any section may be absent; absent never means cleared.
    Customer {
        customer_id: String,
        partner_customer_id: String,
        /// The platform's own word.
        status: String,
        created_at: String,
        business_details: BusinessDetails,
        registration_address: RegistrationAddress,
        account_usage: AccountUsage,
        primary_contact: PrimaryContact,
        business_person_list: Vec<BusinessPerson>,
    }
}

impl Customer {
    /// Reads an answer as a customer. `None` where it is JSON of another shape: no object, or one with neither an id nor a
    /// section of a customer. A `status` alone is no sign of one, error bodies have it too.
    #[must_use]
    pub fn recognise(answer: &Value) -> Option<Self> {
        let customer = Self::from_object(answer.as_object()?.clone());
        let named = |id: &Option<String>| id.as_deref().is_some_and(|id| !id.trim().is_empty());
        let has_section = customer.business_details.is_some()
            || customer.registration_address.is_some()
            || customer.account_usage.is_some()
            || customer.primary_contact.is_some()
            || customer.business_person_list.is_some();
        (named(&customer.customer_id) || named(&customer.partner_customer_id) || has_section).then_some(customer)
    }
}

impl CreateCustomerRequest {
    /// Every place of the body whose value is there with another type than the contract's, spelled
    /// `business_person_list[0].identification.id_number`.
    #[must_use]
    pub fn misfit_paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.misfits().map(str::to_owned).collect();
        let sections = sections_of(
            self.business_details.as_ref(),
            self.registration_address.as_ref(),
            self.account_usage.as_ref(),
            self.primary_contact.as_ref(),
        );
        paths.extend(sections);
        paths.extend(persons_of(self.business_person_list.as_deref().unwrap_or_default()));
        paths
    }
}

fn sections_of(
    details: Option<&BusinessDetails>,
    address: Option<&RegistrationAddress>,
    usage: Option<&AccountUsage>,
    contact: Option<&PrimaryContact>,
) -> Vec<String> {
    let details = details.into_iter().flat_map(BusinessDetails::misfits).map(|key| format!("business_details.{key}"));
    let address =
        address.into_iter().flat_map(RegistrationAddress::misfits).map(|key| format!("registration_address.{key}"));
    let usage = usage.into_iter().flat_map(AccountUsage::misfits).map(|key| format!("account_usage.{key}"));
    let contact = contact.into_iter().flat_map(PrimaryContact::misfits).map(|key| format!("primary_contact.{key}"));
    details.chain(address).chain(usage).chain(contact).collect()
}

fn persons_of(persons: &[BusinessPerson]) -> Vec<String> {
    let mut paths = Vec::new();
    for (index, person) in persons.iter().enumerate() {
        let mut add = |group: &str, key: &str| paths.push(format!("business_person_list[{index}]{group}.{key}"));
        person.misfits().for_each(|key| add("", key));
        person.basic_info.iter().flat_map(BasicInfo::misfits).for_each(|key| add(".basic_info", key));
        let address = person.residential_address.iter().flat_map(ResidentialAddress::misfits);
        address.for_each(|key| add(".residential_address", key));
        person.identification.iter().flat_map(Identification::misfits).for_each(|key| add(".identification", key));
    }
    paths
}
